import { relative, sep } from 'node:path'

import { diskView, type EntryKind, isWithin, narrowedView, type TreeView } from '@overlay-render/system'

import type { IndexNames } from './index-names.ts'

/** A view of a work tree that was made without asking git. */
export interface IndexedView {
  readonly view: TreeView
  /** Whether every answer so far is the one that git would have made. */
  isSure(): boolean
}

/**
 * The files on the disk that git's index lists. git calls them tracked whatever is ignored, and what is not on the disk is not there for git either.
 * What is on the disk and not in the index may be ignored or not: then the view is not sure any more.
 *
 * @param alone whether only what is in the index counts as tracked, so that git has no more to say
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
