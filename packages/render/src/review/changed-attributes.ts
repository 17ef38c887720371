import { dirname, join, relative } from 'node:path'

import { diskView, isWithin, mayConvertFiles, type Observation, type TreeView } from '@overlay-render/system'

import type { BaseSide, ReviewSide } from './review-side.ts'

/** A file that was changed, added or removed. */
export interface ChangedFile {
  readonly kind: 'changed' | 'added' | 'removed'
  /** Relative to the workspace. */
  readonly path: string
}

/**
 * The changed `.gitattributes` that decide how git writes the observed files to a work tree: a checkout of the base may have other bytes,
 * although git has the same ones.
 *
 * @param view the tree before the change; the one after it is on disk
 */
export function changedAttributes(
  observations: readonly Observation[],
  view: TreeView,
  before: Pick<BaseSide, 'boundary'>,
  after: Pick<ReviewSide, 'boundary' | 'shown'>,
): ChangedFile[] {
  const reasons: ChangedFile[] = []
  for (const folder of foldersAbove(observations, after.boundary)) {
    const path = join(folder, '.gitattributes')
    const earlier = textAt(view, join(before.boundary, relative(after.boundary, path)))
    const now = textAt(diskView, path)
    if (earlier === now || ![earlier, now].some(mayConvertFiles)) continue
    const kind = earlier === '' ? 'added' : now === '' ? 'removed' : 'changed'
    reasons.push({ kind, path: after.shown(path) })
  }
  return reasons
}

/** The folders that hold an observed file, directly or not, sorted. */
function foldersAbove(observations: readonly Observation[], boundary: string): string[] {
  const folders = new Set<string>()
  for (const { path, digest } of observations) {
    if (digest === undefined) continue
    for (let at = dirname(path); isWithin(at, boundary) && !folders.has(at); at = dirname(at)) folders.add(at)
  }
  return [...folders].sort()
}

function textAt(view: TreeView, path: string): string {
  return view.kindOf(path) === 'file' ? Buffer.from(view.readFile(path)).toString('utf8') : ''
}
