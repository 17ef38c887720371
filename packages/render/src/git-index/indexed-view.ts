import { relative, sep } from 'node:path'

import { diskView, type EntryKind, isWithin, narrowedView, type TreeView } from '@overlay-render/system'

import type { IndexNames } from './index-names.ts'

/** A view of a work tree that is made without running git. */
export interface IndexedView {
  readonly view: TreeView
  /** Whether git would have given the same answer each time so far. */
  isSure(): boolean
}

/**
 * The files on disk that git's index lists. git tracks them even if they are ignored; a listed file that is not on disk does not
 * exist for git either. A file on disk that is not listed may or may not be ignored, so asking for one makes the view unsure.
 *
 * @param alone whether only listed files count as tracked, so that git is not needed
 */
export function indexedView(workTree: string, names: IndexNames, alone: boolean): IndexedView {
  let sure = true
  const isVisible = (path: string, kind: EntryKind): boolean => {
    if (path === workTree || !isWithin(path, workTree)) return true
    const name = relative(workTree, path).replaceAll(sep, '/')
    const isListed = kind === 'folder' ? names.hasBelow(name) : names.has(name)
    sure &&= isListed || alone
    return isListed
  }
  return { view: narrowedView(diskView, isVisible), isSure: () => sure }
}
