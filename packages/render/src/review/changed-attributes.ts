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
 * although git has the same ones. If one file converts, a line of another one may end that or use its macro.
 *
 * @param view the tree before the change; the one after it is on disk
 */
export function changedAttributes(
  observations: readonly Observation[],
  view: TreeView,
  before: Pick<BaseSide, 'boundary' | 'convertsFiles'>,
  after: Pick<ReviewSide, 'boundary' | 'shown'>,
): ChangedFile[] {
  const files = foldersAbove(observations, after.boundary).map((folder) => {
    const path = join(folder, '.gitattributes')
    const earlier = textAt(view, join(before.boundary, relative(after.boundary, path)))
    return { path, earlier, now: textAt(diskView, path) }
  })
  if (!before.convertsFiles && !files.some(({ now }) => mayConvertFiles(now))) return []
  return files
    .filter(({ earlier, now }) => earlier !== now)
    .map(({ path, earlier, now }) => {
      const kind = earlier === '' ? 'added' : now === '' ? 'removed' : 'changed'
      return { kind, path: after.shown(path) }
    })
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
