import { resolve } from 'node:path'

import type { BuildCheck, CheckFinding } from '@overlay-render/check'
import type { DeployTest, Plan } from '@overlay-render/cluster'
import type { ManifestDiff } from '@overlay-render/golden'
import type { Kustomize } from '@overlay-render/kustomize'
import type { ChecklistStep, JobsDiff, ProwFiles } from '@overlay-render/prow'
import { diskView, type Finding, LinkFollower, Tree, type TreeView } from '@overlay-render/system'

import type { CheckOptions } from './check/check-workspace.ts'
import type { ApplyCallOptions, ApplyOutcome } from './cluster/apply-step.ts'
import type { ClusterSteps } from './cluster/cluster-steps.ts'
import type { DeployTestCallOptions } from './cluster/deploy-test-step.ts'
import type { LiveDiff, LiveDiffOptions } from './cluster/live-comparison.ts'
import type { PlanCallOptions } from './cluster/plan-step.ts'
import type { WorkspaceGolden } from './golden-step.ts'
import type { Explain, Explanation } from './explain/explanation.ts'
import { laterGolden } from './later-golden.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import { type Overlay, pickOverlay, requireSome } from './overlays.ts'
import { type WrittenFile, writeInPlace, writeRendered } from './outputs.ts'
import type { PinComparison } from './pin-comparison.ts'
import type { PinnedOptions } from './pinned-kustomize.ts'
import type {
  PipelineContext,
  ProwCheckOptions,
  RenderAllOptions,
  RenderOptions,
  SecretOptions,
} from './pipeline-context.ts'
import type { TracedRender } from './pipeline.ts'
import { listOverlaySecrets, renderOverlay, renderOverlayConfigs, traceOverlay } from './render-overlay.ts'
import type { CallOptions } from './progress.ts'
import { renderOverlays } from './render-all.ts'
import type { Rendered, RenderedConfigs, RenderResult } from './rendered.ts'
import type { AffectedOverlays } from './review/affected.ts'
import type { OpenBaseOptions } from './review/base-side.ts'
import type { Review, ReviewOptions } from './review/review.ts'
import type { ReviewSide } from './review/review-side.ts'
import type { SecretFile } from './secret-step.ts'
import type { UpdateOptions, VendorUpdate } from './vendor/update-vendored.ts'
import type { VendorFinding, VendorOutcome } from './vendor/vendor-outcome.ts'
import type { VendorOptions } from './vendor/vendor-workspace.ts'
import type { WatchOptions } from './watch/watch-overlays.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** What may be other in a workspace that is opened again. */
export interface OpenChanges {
  readonly folder?: string
  readonly view?: TreeView | undefined
  readonly configuration?: string | undefined
  readonly pin?: string | undefined
  readonly kustomize?: undefined
}

/** How a workspace was opened. */
export interface Opening {
  /** The text of the configuration; undefined when there is none. */
  readonly configuration: string | undefined
  /** Opens it again, with changes. */
  readonly open: (changes: OpenChanges) => Promise<Workspace>
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
  readonly #opening: Opening

  /** @internal */
  constructor(context: PipelineContext, opening: Opening) {
    this.#opening = opening
    this.folder = context.workspace
    this.config = context.config
    this.overlays = context.overlays
    this.#context = context
    this.golden = laterGolden(async () =>
      (await import('./golden-step.ts')).openGolden(context, (names, options) =>
        this.renderAll(names, options),
      ),
    )
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
    return renderOverlays(
      this.#context,
      names.map((name) => this.overlay(name)),
      options,
    )
  }

  /**
   * What differs between two sides, each an overlay, `golden:NAME`, `REV:NAME` (an overlay at a git revision) or a
   * file (`file:PATH` where a name is ambiguous). Overlays are rendered with stub secrets; the work tree is not touched.
   */
  async diff(before: string, after: string, options: CallOptions = {}): Promise<ManifestDiff> {
    const { compareSides } = await import('./comparison.ts')
    return compareSides(this.#steps, before, after, options)
  }

  /**
   * The overlays whose output a change can reach: what differs between the work tree and where it left the git revision
   * `base`. Nothing is built.
   *
   * @throws RenderFault `revision-unknown`
   */
  async affected(base: string, options: CallOptions = {}): Promise<AffectedOverlays> {
    const { findAffected } = await import('./review/affected.ts')
    const { withBase } = await import('./review/base-side.ts')
    const after = await this.#side()
    return withBase(this.folder, base, this.#baseOptions(options), (before) =>
      before.settle(() => findAffected(before, after, options)),
    )
  }

  /**
   * The names of the overlays whose render or golden a change can reach, as for `affected`.
   *
   * @throws RenderFault `revision-unknown`
   */
  async affectedGoldens(base: string, options: CallOptions = {}): Promise<string[]> {
    const { withBase } = await import('./review/base-side.ts')
    const { findAffectedGoldens } = await import('./review/affected-goldens.ts')
    return withBase(this.folder, base, this.#baseOptions(options), (before) =>
      before.settle(async () => findAffectedGoldens(before, await this.#side(), options)),
    )
  }

  /**
   * Everything that a reviewer of a change needs: each affected overlay on both sides, its golden, and warnings that are new.
   * Renders have stub secrets; nothing is written.
   *
   * @throws RenderFault `revision-unknown`
   */
  async review(base: string, options: ReviewOptions = {}): Promise<Review> {
    const { reviewChange } = await import('./review/review.ts')
    const { withBase } = await import('./review/base-side.ts')
    const after = await this.#side()
    return withBase(this.folder, base, this.#baseOptions(options), (before) =>
      reviewChange(before, after, options),
    )
  }

  #baseOptions(options: CallOptions): OpenBaseOptions {
    const { configuration, open } = this.#opening
    return {
      ...options,
      configuration,
      cache: this.#context.cache,
      open: async (folder, view, borrowed) => (await open({ folder, view, configuration: borrowed })).#side(),
    }
  }

  async #side(): Promise<ReviewSide> {
    return (await import('./review/review-side.ts')).workTreeSide(this.#context, this)
  }

  /**
   * What rules find in the patch scripts, kustomizations and manifests of overlays. An overlay that does not render is one
   * finding; its scripts are checked all the same.
   */
  async check(names: readonly string[], options: CheckOptions = {}): Promise<CheckFinding[]> {
    const { checkOverlays, findNew } = await import('./check/check-overlays.ts')
    const findings = await checkOverlays(this.#context, this, names, options)
    if (options.base === undefined) return findings
    const { withBase } = await import('./review/base-side.ts')
    return withBase(this.folder, options.base, this.#baseOptions(options), (before) =>
      findNew(findings, before, names, options),
    )
  }

  /**
   * What differs between a cluster, `live:[CONTEXT:]OVERLAY`, and a side as of `diff`. Changes of the side and
   * changes made in the cluster are separate. kubectl runs, on the named context or on that of the overlay.
   *
   * @throws RenderFault `context-missing`, `context-unreviewed`; ClusterFault
   */
  async diffLive(before: string, after: string, options: LiveDiffOptions = {}): Promise<LiveDiff[]> {
    return (await import('./cluster/live-comparison.ts')).compareWithLive(this.#steps, before, after, options)
  }

  /** What applying an overlay does, in order: to what the golden says, or with `live` to what the cluster has. */
  async plan(name: string, options: PlanCallOptions = {}): Promise<Plan> {
    return (await import('./cluster/plan-step.ts')).planOverlay(this.#steps, name, options)
  }

  /**
   * Applies an overlay with its real secrets to its cluster: makes the plan, has it confirmed, and does exactly that.
   *
   * @throws ClusterFault `plan-outdated`, `plan-refused`, `step-failed`; RenderFault as for plans
   */
  async apply(name: string, options: ApplyCallOptions): Promise<ApplyOutcome> {
    return (await import('./cluster/apply-step.ts')).applyOverlay(this.#steps, name, options)
  }

  /**
   * Whether a real API server takes an overlay as an upgrade of what it was where the work tree left the git revision
   * `base`; as something new when absent. Renders have stub secrets.
   *
   * @throws RenderFault `revision-unknown`; ClusterFault
   */
  async deployTest(
    name: string,
    { base, ...options }: DeployTestCallOptions & { readonly base?: string | undefined } = {},
  ): Promise<DeployTest> {
    const { testDeploy } = await import('./cluster/deploy-test-step.ts')
    if (base === undefined) return testDeploy(this.#steps, name, undefined, options)
    const { withBase } = await import('./review/base-side.ts')
    return withBase(this.folder, base, this.#baseOptions(options), (before) =>
      testDeploy(this.#steps, name, before, options),
    )
  }

  get #steps(): ClusterSteps {
    return {
      workspace: this,
      openAt: this.#openAt,
      explainer: (name, options) => this.explainer(name, options),
    }
  }

  /**
   * Prow's files as a side of a comparison names them: `.` for the work tree, a folder of jobs, an overlay (with the
   * config that its script makes), a git revision, or `REV:NAME`.
   */
  async prowFiles(side = '.'): Promise<ProwFiles> {
    return (await import('./prow/prow-sides.ts')).readProwSide(this, side, this.#openAt)
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
    const openWith = async (pin: string): Promise<Workspace> =>
      this.#opening.open({ pin, kustomize: undefined })
    const chosen = names.length > 0 ? names.map((name) => this.overlay(name)) : this.overlays
    const { comparePins } = await import('./pin-comparison.ts')
    return comparePins(
      openWith,
      [before, after],
      chosen.map(({ name }) => name),
      options,
    )
  }

  /** @internal What each step of the build of what was rendered did; undefined where that is not known. */
  async steps(rendered: Rendered, { signal }: CallOptions): Promise<BuildCheck | undefined> {
    const { buildChecks } = await import('./check/build-checks.ts')
    return (await buildChecks(this.#context, this.overlay(rendered.overlay), rendered, signal))[0]
  }

  /** Whether a folder of Prow's jobs is there. */
  get hasJobs(): boolean {
    return this.config.prow.jobs.some((path) =>
      new LinkFollower(diskView).isFolder(resolve(this.folder, path)),
    )
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
   * Findings about Prow: its jobs, config and plugins, compared with what the overlays render and what git tracks.
   * With `checkconfig`, that program's findings too, where it is there.
   */
  async checkProw({ checkconfig = false, ...options }: ProwCheckOptions = {}): Promise<Finding[]> {
    return (await import('./prow/check-workspace.ts')).checkWorkspaceProw(this, checkconfig, options)
  }

  /**
   * Where a resource of an overlay comes from, and each step that touched it; with a path in yq's language, what gave each value
   * there its value. Rendered with stub secrets; values of Secrets are not shown.
   *
   * @throws RenderFault `resource-unknown`, `resource-ambiguous`, `path-invalid` or `path-unknown`
   */
  async explain(
    name: string,
    resource: string,
    path?: string,
    options: CallOptions = {},
  ): Promise<Explanation> {
    return (await this.explainer(name, options))(resource, path)
  }

  /** Explains any number of resources and paths of one overlay, which is rendered once. */
  async explainer(name: string, options: CallOptions = {}): Promise<Explain> {
    const { explainResource } = await import('./explain/explain-overlay.ts')
    const overlay = this.overlay(name)
    const traced = await this.traced(overlay.name, options)
    const context = { folder: overlay.folder, shown: this.#context.shown }
    return (resource, path, most) => explainResource(traced, resource, path, { ...context, most })
  }

  /** Renders one overlay with stub secrets, and builds it once more to see what each step of the build did. */
  async traced(name: string, options: CallOptions = {}): Promise<TracedRender> {
    return traceOverlay(this.#context, this.overlay(name), options)
  }

  /** Renders overlays now and on every change of what they read, with stub secrets by default, until `signal` fires. */
  async watch(names: readonly string[], options: WatchOptions): Promise<void> {
    const { watchOverlays } = await import('./watch/watch-overlays.ts')
    return watchOverlays(() => this.#opening.open({}), names, options)
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

  /**
   * Fetches what overlays name over the network, into `vendor/`, and locks it. With `update` also what has a copy already.
   *
   * @throws KustomizeFault `vendored-copy` or `network-refused`; nothing is written then
   */
  async vendor(
    options: VendorOptions & { readonly update?: boolean | undefined } = {},
  ): Promise<VendorOutcome[]> {
    return (await import('./vendor/vendor-workspace.ts')).vendorRemotes(this.#context, options)
  }

  /** Fetches vendored remotes again, or another instead of one, and says what that changes in what is rendered. */
  async updateVendored(options: UpdateOptions = {}): Promise<VendorUpdate> {
    const { updateVendored } = await import('./vendor/update-vendored.ts')
    return updateVendored(this.#context, async () => this.#opening.open({}), options)
  }

  /** Vendored copies that are gone or edited, and remotes that have moved. Nothing is written. */
  async checkVendored(options: VendorOptions = {}): Promise<VendorFinding[]> {
    return (await import('./vendor/vendor-workspace.ts')).checkVendored(this.#context, options)
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
    const { lockKustomize } = await import('./kustomize-lock-file.ts')
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
    return writeRendered(rendered, this.#context, out)
  }

  /** Writes the configs into the overlay's own `configs/` folder, as KubeVirt's script did. */
  async writeInPlace(rendered: RenderedConfigs): Promise<WrittenFile[]> {
    return writeInPlace(rendered, this.overlay(rendered.overlay).folder, this.#context)
  }

  /** The same workspace in other files, such as those of a revision. */
  readonly #openAt = async (view: TreeView): Promise<Workspace> => this.#opening.open({ view })
}
