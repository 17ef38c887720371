import { join } from 'node:path'

import type { TreeView } from '@overlay-render/system'

import type { CallOptions } from '../progress.ts'
import { findAffected } from './affected.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

/** The overlays whose render or golden a change can reach, by name. Nothing is built. */
export async function findAffectedGoldens(
  before: BaseSide,
  after: ReviewSide,
  options: CallOptions,
): Promise<string[]> {
  const { affected } = await findAffected(before, after, options)
  const reached = new Set(affected.map(({ overlay }) => overlay))
  const [view, own] = [await before.view(), await after.view()]
  const { path } = after.config.golden
  const isSame = (overlay: string): boolean =>
    [overlay, `${overlay}.yaml`].every((name) =>
      holdsTheSame(view, own, join(before.folder, path, name), join(after.folder, path, name)),
    )
  return after.overlays.map(({ name }) => name).filter((name) => reached.has(name) || !isSame(name))
}

/** Whether two views have the same files at a path and below it, or both none. */
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
