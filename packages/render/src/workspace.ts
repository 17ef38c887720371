import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

import type { Plan } from '@overlay-render/cluster'
import type { ManifestDiff } from '@overlay-render/golden'
import { type Kustomize, parseNamedPin } from '@overlay-render/kustomize'
import type { ChecklistStep, JobsDiff, ProwFiles } from '@overlay-render/prow'
import {
  diskView,
  Fault,
  LinkFollower,
  type Finding,
  Tree,
  type TreeView,
  throwIfAborted,
  writeAtomically,
} from '@overlay-render/system'

import { findBoundary } from './boundary.ts'
import { type PlanCallOptions, planOverlay } from './cluster-step.ts'
import { compareSides } from './comparison.ts'
import { openGolden, type WorkspaceGolden } from './golden-step.ts'
import { writeOutputs, type WrittenFile } from './outputs.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import { findOverlays, type Overlay, pickOverlay, requireSome } from './overlays.ts'
import { readProwSide } from './prow/prow-sides.ts'
import { readOwnFile } from './own-file.ts'
import {
  findPinnedKustomize,
  lockKustomize,
  type PinnedKustomize,
  type PinnedOptions,
} from './pinned-kustomize.ts'
import {
  listOverlaySecrets,
  observeOverlay,
  type PipelineContext,
  type ProwCheckOptions,
  type RenderAllOptions,
  renderOverlay,
  renderOverlayConfigs,
  type RenderOptions,
  type SecretOptions,
} from './pipeline.ts'
import { comparePinsOf, type PinComparison } from './pin-comparison.ts'
import type { CallOptions } from './progress.ts'
import { RenderFault } from './render-fault.ts'
import type { Rendered, RenderedConfigs, RenderResult } from './rendered.ts'
import { type AffectedOverlays, findAffected } from './review/affected.ts'
import { openBase } from './review/base-side.ts'
import { type Review, reviewChange, type ReviewOptions } from './review/review.ts'
import type { ReviewSide } from './review/review-side.ts'
import type { SecretFile } from './secret-step.ts'
import { openVisibleTree } from './visible-tree.ts'
import { watchOverlay, type WatchOptions } from './watch.ts'
import { CONFIG_FILE, readWorkspaceConfig, type WorkspaceConfig } from './workspace-config.ts'

export interface OpenOptions {
  /** The pin to render with, such as `5.8.1` or `kubectl:1.34.2`, instead of the workspace's own. */
  readonly pin?: string | undefined
  /** A binary of exactly the pinned version, used before any other. */
  readonly kustomize?: string | undefined
  /** Looks up the environment variables that template values name; the process's own when absent. */
  readonly environment?: ((name: string) => string | undefined) | undefined
  /** The files to read where the work tree has its own, such as those of a git revision; the disk's when absent. */
  readonly view?: TreeView | undefined
  /** The text of an `overlay-render.yaml` for a folder that has none of its own. */
  readonly configuration?: string | undefined
}

/** A folder that holds `overlay-render.yaml`, or a tree of KubeVirt's shape. Opened by `openWorkspace`. */
export class Workspace implements OpenedWorkspace {
  /** Absolute real path. */
  readonly folder: string
  readonly config: WorkspaceConfig
  /** Sorted by name. */
  readonly overlays: readonly Overlay[]
  readonly golden: WorkspaceGolden
  readonly #context: PipelineContext
  readonly #options: OpenOptions
  /** The text of the configuration; undefined when there is none. */
  readonly #configuration: string | undefined

  /** @internal */
  constructor(context: PipelineContext, options: OpenOptions, configuration: string | undefined) {
    this.#configuration = configuration
    this.#options = options
    this.folder = context.workspace
    this.config = context.config
    this.overlays = context.overlays
    this.#context = context
    this.golden = openGolden(context, (names, options) => this.renderAll(names, options))
  }

  /** Real paths of the folders in which a stranger may have laid links: no output is written through one of those. */
  get guarded(): readonly string[] {
    return this.#context.boundary.folders
  }

  /** @throws RenderFault `overlay-unknown` with the nearest names, or `overlay-ambiguous` */
  overlay(name: string): Overlay {
    return pickOverlay(this.overlays, name)
  }

  /**
   * The names of all overlays.
   *
   * @throws RenderFault `overlays-unmatched` when there is none
   */
  allOverlays(): string[] {
    requireSome(this.overlays)
    return this.overlays.map(({ name }) => name)
  }

  /** Renders one overlay. Nothing is written. */
  async render(name: string, options: RenderOptions = {}): Promise<Rendered> {
    return renderOverlay(this.#context, this.overlay(name), options)
  }

  /** Makes the configs of one overlay, without kustomize. Nothing is written. */
  async renderConfigs(name: string, options: RenderOptions = {}): Promise<RenderedConfigs> {
    return renderOverlayConfigs(this.#context, this.overlay(name), options)
  }

  /**
   * Renders several overlays, `jobs` at a time (as many as there are cores when absent), and returns what became
   * of each in the order of `names`. A fault of one overlay does not stop the others.
   */
  async renderAll(names: readonly string[], options: RenderAllOptions = {}): Promise<RenderResult[]> {
    const overlays = names.map((name) => this.overlay(name))
    const jobs = Math.min(options.jobs ?? availableParallelism(), Math.max(overlays.length, 1))
    const results: RenderResult[] = []
    const queue = overlays.entries()
    const work = async (): Promise<void> => {
      for (const [index, overlay] of queue) {
        throwIfAborted(options.signal)
        results[index] = await settle(overlay.name, () =>
          options.configsOnly
            ? renderOverlayConfigs(this.#context, overlay, { ...options, jobs })
            : renderOverlay(this.#context, overlay, { ...options, jobs }),
        )
      }
    }
    await Promise.all(Array.from({ length: jobs }, work))
    return results
  }

  /**
   * What differs between two sides, each an overlay, `golden:NAME`, `REV:NAME` (an overlay at a git revision) or a
   * file (`file:PATH` where a name is ambiguous). Overlays are rendered with stub secrets; the work tree is not touched.
   */
  async diff(before: string, after: string, options: CallOptions = {}): Promise<ManifestDiff> {
    return compareSides({ workspace: this, openAt: (view) => this.#openAt(view) }, before, after, options)
  }

  /**
   * The overlays whose output a change can reach: what differs between the work tree and where it left the git revision
   * `base`. Nothing is built.
   *
   * @throws RenderFault `revision-unknown`
   */
  async affected(base: string, options: CallOptions = {}): Promise<AffectedOverlays> {
    const before = await this.#openBase(base, options)
    try {
      return await before.settle(() => findAffected(before, this.#side(), options))
    } finally {
      before.dispose()
    }
  }

  /**
   * Everything that a reviewer of a change needs: each affected overlay on both sides, its golden, and warnings that are new.
   * Renders have stub secrets; nothing is written.
   *
   * @throws RenderFault `revision-unknown`
   */
  async review(base: string, options: ReviewOptions = {}): Promise<Review> {
    const before = await this.#openBase(base, options)
    try {
      return await reviewChange(before, this.#side(), options)
    } finally {
      before.dispose()
    }
  }

  async #openBase(base: string, options: CallOptions): ReturnType<typeof openBase> {
    return openBase(this.folder, base, {
      ...options,
      configuration: this.#configuration,
      open: async (folder, view, configuration) => {
        const workspace = await openWorkspace(folder, { ...this.#options, view, configuration })
        return workspace.#side()
      },
    })
  }

  #side(): ReviewSide {
    const { folder, config, overlays, golden } = this
    return {
      folder,
      config,
      overlays,
      golden,
      boundary: this.#context.boundary.anchor,
      view: () => this.#context.visible.view('stub'),
      shown: this.#context.shown,
      observe: (overlay, options) => observeOverlay(this.#context, overlay, options),
      renderAll: (names, options) => this.renderAll(names, options),
    }
  }

  /** What applying an overlay does, in order: to what the golden says, or with `live` to what the cluster has. */
  async plan(name: string, options: PlanCallOptions = {}): Promise<Plan> {
    const { folder, config } = this
    const context = {
      folder,
      config,
      overlay: (given: string) => this.overlay(given),
      render: (given: string, how: RenderOptions) => this.render(given, how),
    }
    return planOverlay(context, name, options)
  }

  /**
   * Prow's files as a side of a comparison names them: `.` for the work tree, a folder of jobs, an overlay (with the
   * config that its script makes), a git revision, or `REV:NAME`.
   */
  async prowFiles(side = '.'): Promise<ProwFiles> {
    return readProwSide(this, side, (view) => this.#openAt(view))
  }

  /**
   * What the pin `after` would change in each overlay that the pin `before` builds, such as `4.5.4` and `kubectl:1.34.2`.
   * All overlays when none is named. Renders have stub secrets; nothing is written.
   *
   * @throws KustomizeFault `pin-invalid`, and `pin-not-met` when one of the programs is not there
   */
  async comparePins(
    before: string,
    after: string,
    names: readonly string[] = [],
    options: CallOptions = {},
  ): Promise<PinComparison[]> {
    const renderWith = async (pin: string): Promise<(name: string) => Promise<Rendered>> => {
      const workspace = await openWorkspace(this.folder, { ...this.#options, kustomize: undefined, pin })
      await workspace.kustomize(options)
      return (name) => workspace.render(name, { ...options, secrets: 'stub' })
    }
    const [a, b] = [await renderWith(before), await renderWith(after)]
    const overlays = names.length > 0 ? names.map((name) => this.overlay(name)) : this.overlays
    const comparisons: PinComparison[] = []
    for (const { name } of overlays) {
      comparisons.push(await comparePinsOf(name, a, b, this.config.golden.rules))
    }
    return comparisons
  }

  /** Whether a folder of Prow's jobs is there. */
  get hasJobs(): boolean {
    return this.config.prow.jobs.some((path) => isFolder(resolve(this.folder, path)))
  }

  /** What differs between the effective jobs of two sides, each as for `prowFiles`. */
  async jobsDiff(before: string, after: string): Promise<JobsDiff> {
    const { diffJobs, LoadMemory, loadProw } = await import('@overlay-render/prow')
    const memory = new LoadMemory()
    const [a, b] = [await this.prowFiles(before), await this.prowFiles(after)]
    return diffJobs(loadProw(a, memory), loadProw(b, memory), { before, after })
  }

  /** What of adding the repository `org/repo` to Prow is done, and what is missing. */
  async repositoryChecklist(repo: string): Promise<ChecklistStep[]> {
    const { readProwFiles } = await import('./prow/read-check.ts')
    const { readProwCheck, repositoryChecklist } = await import('@overlay-render/prow')
    return repositoryChecklist(readProwCheck(await readProwFiles(this)), repo)
  }

  /**
   * Findings about Prow: its jobs, config and plugins, held against what the overlays render and what git tracks.
   * With `checkconfig`, that program's findings too, where it is there.
   */
  async checkProw({ checkconfig = false, ...options }: ProwCheckOptions = {}): Promise<Finding[]> {
    return (await import('./prow/check-workspace.ts')).checkWorkspaceProw(this, checkconfig, options)
  }

  /** Renders an overlay now and on every change of what it reads, with stub secrets by default, until `signal` fires. */
  async watch(name: string, options: WatchOptions): Promise<void> {
    return watchOverlay(() => openWorkspace(this.folder, this.#options), this.overlay(name).name, options)
  }

  /**
   * Every secret file that an overlay needs, and whether it is there. Contents are not read; with `write`, those that templates make are
   * made in the stage of a render with real secrets.
   */
  async secrets(name: string, options: SecretOptions = {}): Promise<SecretFile[]> {
    return listOverlaySecrets(this.#context, this.overlay(name), options)
  }

  /** What a render with stub secrets may read: the tracked tree, through the one door. */
  async trackedTree(): Promise<Tree> {
    const { visible, boundary, shown } = this.#context
    return new Tree(await visible.view('stub'), { boundary: boundary.folders, shown })
  }

  /** The pinned kustomize or kubectl. */
  async kustomize(options: CallOptions = {}): Promise<Kustomize> {
    return (await this.#context.pinned(options)).kustomize
  }

  /** The pinned kustomize or kubectl, downloaded from its makers or compiled with Go where it is not there yet. */
  async installKustomize(options: Omit<PinnedOptions, 'install'> = {}): Promise<Kustomize> {
    return (await this.#context.pinned({ ...options, install: true })).kustomize
  }

  /** Records the digests of the pinned kustomize in `overlay-render.lock`, so that a later run with other bytes stops. */
  async lockKustomize(kustomize: Kustomize): Promise<void> {
    await lockKustomize(this.#context, kustomize)
  }

  /**
   * Writes a render to `<out>/<overlay>/`; `out` is the workspace's `rendered` folder when absent.
   *
   * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
   */
  async writeRendered(
    rendered: Rendered | RenderedConfigs,
    { out }: { out?: string | undefined } = {},
  ): Promise<WrittenFile[]> {
    const hasManifests = 'manifests' in rendered
    return writeOutputs(
      out === undefined ? join(this.folder, 'rendered') : resolve(out),
      {
        overlay: rendered.overlay,
        manifests: hasManifests ? rendered.manifests : undefined,
        configs: rendered.configs,
        secrets: hasManifests ? rendered.secrets : 'stub',
      },
      { guarded: this.guarded, shown: this.#context.shown },
    )
  }

  /** Writes the configs into the overlay's own `configs/` folder, as KubeVirt's script did. */
  async writeInPlace(rendered: RenderedConfigs): Promise<WrittenFile[]> {
    const { folder } = this.overlay(rendered.overlay)
    const files = rendered.configs.map(({ path, bytes }) => ({ path: join(folder, 'configs', path), bytes }))
    for (const { path, bytes } of files)
      writeAtomically(path, bytes, { guarded: this.guarded, shown: this.#context.shown(path) })
    return files.map(({ path, bytes }) => ({ path, bytes: bytes.byteLength }))
  }

  /** The same workspace in other files, such as those of a revision. */
  async #openAt(view: TreeView): Promise<Workspace> {
    return openWorkspace(this.folder, { ...this.#options, view })
  }
}

/**
 * Opens the workspace at `folder`: reads its configuration, finds its overlays.
 *
 * @throws RenderFault `workspace-not-found` or `workspace-config-invalid`
 */
export async function openWorkspace(folder: string, options: OpenOptions = {}): Promise<Workspace> {
  const { view, configuration } = options
  const workspace = await placeOf(folder, options)
  const narrow = findBoundary(workspace, undefined)
  const visible = openVisibleTree({
    workspace,
    boundary: narrow,
    view,
    secretFiles: () => config.secretFiles,
  })
  const text = (await readOwnFile(CONFIG_FILE, { workspace, boundary: narrow, visible })) ?? configuration
  const kubevirtShaped = new LinkFollower(visible.whole).isFolder(join(workspace, '..', 'files'))
  const written = readWorkspaceConfig(text, { kubevirtShaped })
  const config = options.pin === undefined ? written : withPin(written, options.pin)
  const boundary = findBoundary(workspace, config.configs?.base)
  const tree = new Tree(visible.whole, { boundary: boundary.folders })
  const shown = (file: string): string => relative(workspace, file) || '.'
  let pinned: Promise<PinnedKustomize> | undefined
  const context: PipelineContext = {
    workspace,
    config,
    boundary,
    visible,
    shown,
    overlays: await findOverlays(tree, workspace, config),
    environment: options.environment ?? ((name) => process.env[name]),
    pinned: (call) =>
      (pinned ??= findPinnedKustomize({ workspace, boundary, visible }, config, options.kustomize, call)),
  }
  return new Workspace(context, options, text)
}

function withPin(config: WorkspaceConfig, pin: string): WorkspaceConfig {
  return { ...config, kustomize: { ...config.kustomize, pin: parseNamedPin(pin) } }
}

/** Files of a revision are where the caller says; a folder that is given a configuration needs none. */
async function placeOf(folder: string, { view, configuration }: OpenOptions): Promise<string> {
  if (view !== undefined) return folder
  return configuration === undefined ? findWorkspace(folder) : realpath(resolve(folder))
}

/** The folder itself, or the nearest one above it that has a configuration file. */
async function findWorkspace(folder: string): Promise<string> {
  const start = resolve(folder)
  if (!isFolder(start)) {
    throw new RenderFault({
      code: 'workspace-not-found',
      message: `${folder} is not a folder`,
      hint: 'name the folder of overlay-render.yaml, or of overlays/',
    })
  }
  const real = await realpath(start)
  if (existsSync(join(real, CONFIG_FILE)) || isFolder(join(real, 'overlays'))) return real
  for (let above = dirname(real); ; above = dirname(above)) {
    if (existsSync(join(above, CONFIG_FILE))) return above
    if (above === dirname(above)) break
  }
  throw new RenderFault({
    code: 'workspace-not-found',
    message: `there is no workspace at ${folder}: neither ${CONFIG_FILE} nor an overlays/ folder was found`,
    hint: `name the folder of a workspace, or describe this one in an ${CONFIG_FILE}`,
  })
}

function isFolder(path: string): boolean {
  return new LinkFollower(diskView).isFolder(path)
}

async function settle(
  overlay: string,
  work: () => Promise<Rendered | RenderedConfigs>,
): Promise<RenderResult> {
  try {
    return { overlay, rendered: await work() }
  } catch (error) {
    if (error instanceof Fault && error.code !== 'aborted') return { overlay, fault: error }
    throw error
  }
}
