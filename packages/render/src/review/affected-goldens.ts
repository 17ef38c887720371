import { join } from 'node:path'

import type { TreeView } from '@overlay-render/system'

import { CONFIG_FILE } from '../workspace-config.ts'
import type { Affected, AffectedOverlays, Reason } from './affected.ts'
import { goldenSettings } from './effective-settings.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

/**
 * Adds the overlays whose golden a change can affect although it cannot affect their output: a golden that was edited by hand, or that is
 * compared in another way, may not match any more.
 */
export async function addAffectedGoldens(
  found: AffectedOverlays,
  before: BaseSide,
  after: ReviewSide,
): Promise<AffectedOverlays> {
  const views = [await before.view(), await after.view()] as const
  const added = found.unaffected.flatMap((overlay): Affected[] => {
    const reasons = goldenReasons(overlay, views, before, after)
    return reasons.length === 0 ? [] : [{ overlay, change: 'changed', reasons }]
  })
  const names = new Set(added.map(({ overlay }) => overlay))
  return {
    ...found,
    affected: [...found.affected, ...added].sort((a, b) => (a.overlay < b.overlay ? -1 : 1)),
    unaffected: found.unaffected.filter((name) => !names.has(name)),
  }
}

/** What the change did to the golden of an overlay, and to how goldens are kept and compared. */
function goldenReasons(
  overlay: string,
  [view, own]: readonly [TreeView, TreeView],
  before: BaseSide,
  after: ReviewSide,
): Reason[] {
  const { path } = after.config.golden
  const ofFiles = [overlay, `${overlay}.yaml`].flatMap((name): Reason[] => {
    const [was, is] = [join(before.folder, path, name), join(after.folder, path, name)]
    if (holdsTheSame(view, own, was, is)) return []
    const kind =
      view.kindOf(was) === undefined ? 'added' : own.kindOf(is) === undefined ? 'removed' : 'changed'
    return [{ kind, path: after.shown(is) }]
  })
  const isSame = goldenSettings(before.config) === goldenSettings(after.config)
  return isSame ? ofFiles : [{ kind: 'configuration', path: CONFIG_FILE }, ...ofFiles]
}

/** Whether two views have the same files at and below a path, or both have none. */
function holdsTheSame(a: TreeView, b: TreeView, pathInA: string, pathInB: string): boolean {
  const pending: [string, string][] = [[pathInA, pathInB]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [inA, inB] = next
    const kind = a.kindOf(inA)
    if (kind !== b.kindOf(inB)) return false
    if (kind === 'file' && !Buffer.from(a.readFile(inA)).equals(b.readFile(inB))) return false
    if (kind !== 'folder') continue
    const names = a.list(inA)
    if (names.length !== b.list(inB).length) return false
    for (const name of names) pending.push([join(inA, name), join(inB, name)])
  }
  return true
}
