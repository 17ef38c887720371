import { join, relative, sep } from 'node:path'

import {
  type DiffRules,
  duplicateFindings,
  type GoldenCheck,
  goldenPatch,
  GoldenStore,
  type GoldenUpdate,
  type Manifests,
} from '@overlay-render/golden'
import { Fault, type Finding, isWithin, Tree, type TreeView } from '@overlay-render/system'

import { requireSome } from './overlays.ts'
import type { PipelineContext, RenderAllOptions } from './pipeline-context.ts'
import { RenderFault } from './render-fault.ts'
import type { Rendered, RenderResult } from './rendered.ts'

/** The result for one overlay: its outcome, or the fault that kept it from being rendered or compared. */
export type GoldenResult<Outcome> =
  | {
      readonly overlay: string
      readonly outcome: Outcome
      /** The findings of its render. */
      readonly warnings: readonly Finding[]
    }
  | { readonly overlay: string; readonly fault: Fault }

/** Options of a check or an update of goldens. */
export type GoldenOptions = Pick<RenderAllOptions, 'signal' | 'onProgress' | 'jobs'>

/** The goldens of a workspace. Overlays are always rendered with stub secrets for them. */
export interface WorkspaceGolden {
  /** The golden of an overlay; undefined when there is none. */
  read(overlay: string): Promise<Manifests | undefined>
  /** Compares overlays with their goldens; all overlays when none is named. Writes nothing. @throws RenderFault `overlays-unmatched` */
  check(names?: readonly string[], options?: GoldenOptions): Promise<GoldenResult<GoldenCheck>[]>
  /**
   * Writes the current renders as goldens; for all overlays when none is named. The golden of a deleted overlay is removed when it
   * is named, or with `prune`. An overlay that fails to render keeps its golden.
   */
  update(
    names?: readonly string[],
    options?: GoldenOptions & { readonly prune?: boolean | undefined },
  ): Promise<GoldenResult<GoldenUpdate>[]>
  /** Compares an existing render with its golden. */
  compare(rendered: Rendered): Promise<GoldenCheck>
  /** Whether the workspace has any goldens: without them, none is reported as missing. */
  isKept(): Promise<boolean>
  /** The names of deleted overlays that still have a golden. */
  orphans(): Promise<string[]>
  /** A patch for `git apply` that accepts the differences and removes the goldens of deleted overlays. */
  patch(checks: readonly GoldenCheck[], gone?: readonly string[]): Promise<Buffer>
}

type RenderAll = (names: readonly string[], options: RenderAllOptions) => Promise<RenderResult[]>

/** The goldens of a workspace. @param renderAll renders overlays for a comparison */
export function openGolden(context: PipelineContext, renderAll: RenderAll): WorkspaceGolden {
  const { path, layout, rules } = context.config.golden
  const store = new GoldenStore(join(context.workspace, path), {
    layout,
    shown: path,
    guarded: context.boundary.folders,
    boundary: context.boundary.folders,
    view: async () => goldenView(context, join(context.workspace, path)),
  })
  const render = async (names: readonly string[], options: GoldenOptions): Promise<RenderResult[]> =>
    renderAll(names.length > 0 ? names : await trackedOverlays(context, options), {
      ...options,
      secrets: 'stub',
    })

  const compare = async ({ overlay, objects }: Rendered): Promise<GoldenCheck> =>
    store.check(overlay, objects.named(`${overlay} (rendered)`), rules)
  const orphans = async (): Promise<string[]> => store.orphans(context.overlays.map(({ name }) => name))

  return {
    read: async (overlay) => store.read(overlay),
    async check(names = [], options = {}) {
      return forEach(await render(names, options), compare)
    },
    compare,
    isKept: async () => (await store.overlays()).length > 0,
    async update(names = [], options = {}) {
      requireInside(context, path)
      const gone = await orphans()
      const kept = names.filter((name) => !gone.includes(name))
      const results = names.length > 0 && kept.length === 0 ? [] : await render(kept, options)
      const pruned = gone.filter((name) => options.prune === true || names.includes(name))
      return [...(await updateAll(store, results, rules)), ...(await removeAll(store, pruned))]
    },
    orphans,
    async patch(checks, gone = []) {
      const plans = await Promise.all(checks.map(async (check) => check.plan()))
      const removed = await Promise.all(gone.map(async (overlay) => store.filesToRemove(overlay)))
      return goldenPatch(
        [...plans.flatMap(({ changes }) => changes), ...removed.flat()],
        fromRoot(context, path),
      )
    },
  }
}

async function updateAll(
  store: GoldenStore,
  results: readonly RenderResult[],
  rules: DiffRules,
): Promise<GoldenResult<GoldenUpdate>[]> {
  return forEach(
    results,
    async ({ overlay, objects }) => store.update(overlay, objects.named(`${overlay} (rendered)`), rules),
    ({ objects }) => duplicateFindings(objects, rules),
  )
}

async function removeAll(
  store: GoldenStore,
  overlays: readonly string[],
): Promise<GoldenResult<GoldenUpdate>[]> {
  const removed: GoldenResult<GoldenUpdate>[] = []
  for (const overlay of overlays) {
    const outcome = { overlay, written: [], removed: await store.remove(overlay), unchanged: [] }
    removed.push({ overlay, outcome, warnings: [] })
  }
  return removed
}

/** The tree as stub mode shows it, for the golden folder. git is not started when its index alone can answer for every golden. */
async function goldenView({ visible }: PipelineContext, folder: string): Promise<TreeView> {
  return visible.find((view) => {
    const pending = [folder]
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const above = path
      if (view.kindOf(path) === 'folder') pending.push(...view.list(path).map((name) => join(above, name)))
    }
    return view
  })
}

/** The golden folder, relative to the top of the git work tree, or to the workspace outside of git. */
function fromRoot({ workspace, boundary }: PipelineContext, path: string): string {
  const folder = join(workspace, path)
  const [root = workspace] = boundary.folders
    .filter((candidate) => isWithin(folder, candidate))
    .sort((a, b) => a.length - b.length)
  return relative(root, folder).replaceAll(sep, '/')
}

/** Refuses a golden folder outside the boundary: the configuration may be a stranger's. */
function requireInside({ workspace, boundary }: PipelineContext, path: string): void {
  if (boundary.folders.some((folder) => isWithin(join(workspace, path), folder))) return
  throw new RenderFault({
    code: 'outside-boundary',
    message: `the goldens would be written to ${path}, outside of the tree that this workspace may use`,
    hint: 'name a folder inside of the git work tree or, where there is none, of the workspace with golden.path',
  })
}

/** The overlays that git tracks: an ignored one is private and has no golden. All overlays when git tracks none. */
async function trackedOverlays(context: PipelineContext, { signal }: GoldenOptions): Promise<string[]> {
  requireSome(context)
  const { overlays, boundary, visible } = context
  const tracked = await visible.find((view) => {
    const tree = new Tree(view, { boundary: boundary.folders })
    return overlays.filter(({ folder }) => tree.isFolder(folder))
  }, signal)
  return (tracked.length > 0 ? tracked : overlays).map(({ name }) => name)
}

async function forEach<Outcome>(
  results: readonly RenderResult[],
  work: (rendered: Rendered) => Promise<Outcome>,
  findings: (rendered: Rendered) => readonly Finding[] = () => [],
): Promise<GoldenResult<Outcome>[]> {
  const done: GoldenResult<Outcome>[] = []
  for (const result of results) {
    if ('fault' in result) done.push(result)
    else if ('manifests' in result.rendered) done.push(await settle(result.rendered, work, findings))
  }
  return done
}

async function settle<Outcome>(
  rendered: Rendered,
  work: (rendered: Rendered) => Promise<Outcome>,
  findings: (rendered: Rendered) => readonly Finding[],
): Promise<GoldenResult<Outcome>> {
  const { overlay, warnings } = rendered
  try {
    return { overlay, outcome: await work(rendered), warnings: [...warnings, ...findings(rendered)] }
  } catch (error) {
    if (error instanceof Fault) return { overlay, fault: error }
    throw error
  }
}
