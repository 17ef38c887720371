import { join, relative } from 'node:path'

import type { Position, Resolution, Tree } from '@overlay-render/system'

import { KustomizeFault } from '../kustomize-fault.ts'
import { hasBehaviour } from '../versions/behaviours.ts'
import type { GraphRecord } from './graph-record.ts'
import type { ChartInput } from './input-graph.ts'
import type { ChartDraft } from './read-chart.ts'

interface ChartContext {
  /** The real path of the root with the chart. */
  readonly root: string
  readonly tree: Tree
  /** The pinned kustomize version. */
  readonly version: string
  readonly locate: (offset: number) => Position
  readonly record: GraphRecord
}

/** Adds the chart of an entry to the record, and its files if it is in the tree; else a fault. */
export function addChart(draft: ChartDraft, context: ChartContext): void {
  if (draft.faults.length > 0) return
  const { root, tree, record } = context
  const chart = findChart(draft, context)
  record.addChart(chart)
  const { folder, position } = chart
  if (!chart.isThere) {
    record.faults.push(refuseChart(chart, tree.shown(folder)))
    return
  }
  for (const { path, resolution } of filesOfChart(folder, tree)) {
    const shown = tree.shown(path)
    if (!tree.contains(resolution.real)) {
      record.addFault('outside-boundary', `${shown} is outside the tree that may be read`, position)
      continue
    }
    const written = relative(root, path)
    record.addFile(resolution, { written, path, shown, role: 'chart', position, root })
  }
}

/** The path at which kustomize looks for a chart before helm fetches it, and whether it exists. */
function findChart(
  { name, repo, version, home, at }: ChartDraft,
  { root, tree, version: kustomize, locate }: ChartContext,
): ChartInput {
  const isVersioned = repo !== '' && version !== '' && hasBehaviour(kustomize, 'chart-folder-has-version')
  const folder = join(root, home, isVersioned ? `${name}-${version}` : '', name)
  return {
    name,
    repo: repo === '' ? undefined : repo,
    version: version === '' ? undefined : version,
    folder,
    isThere: tree.isFolder(folder),
    position: locate(at),
  }
}

/** The fault for a chart that is not in the tree. @param shown its folder, for messages */
function refuseChart({ name, version, repo, position }: ChartInput, shown: string): KustomizeFault {
  if (repo === undefined) {
    const message = `there is no chart in ${shown}`
    const hint = 'commit the chart there, or set its repository (repo: and version:)'
    return new KustomizeFault({ code: 'chart-refused', message, hint, position })
  }
  const message = `chart ${name} ${version ?? ''} of ${repo} has no copy in the tree, and network access is off`
  const hint = 'keep a locked copy in the tree: run overlay-render vendor'
  return new KustomizeFault({ code: 'chart-refused', message, hint, position })
}

/** The largest number of files of a chart. */
const MAX_FILES = 20_000

/** Every file of a chart, following links like helm. Broken links, and links to a parent folder, are skipped. */
function* filesOfChart(
  folder: string,
  tree: Tree,
): Generator<{ readonly path: string; readonly resolution: Resolution & { readonly outcome: 'found' } }> {
  const visited = new Set<string>()
  const pending = [folder]
  let count = 0
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const resolution = tree.follow(path)
    if (resolution.outcome !== 'found') continue
    if (resolution.kind === 'folder') {
      if (visited.has(resolution.real) || !tree.contains(resolution.real)) continue
      visited.add(resolution.real)
      for (const name of tree.view.list(resolution.real).toReversed()) pending.push(join(path, name))
    } else if (resolution.kind === 'file') {
      if (++count > MAX_FILES) return
      yield { path, resolution }
    }
  }
}
