import { dirname, join } from 'node:path'

import { isWithin } from './is-within.ts'
import type { EntryKind } from '../entry-kind.ts'
import { type TreeView, viewError } from './tree-view.ts'

/** Whether an entry may be seen. */
export type IsVisible = (path: string, kind: EntryKind) => boolean

/** A tree of which only some entries are seen; nothing else of it is read. */
export function narrowedView(below: TreeView, isVisible: IsVisible): TreeView {
  const kindOf = (path: string): EntryKind | undefined => {
    const kind = below.kindOf(path)
    return kind !== undefined && isVisible(path, kind) ? kind : undefined
  }
  const visible = (path: string): string => {
    if (kindOf(path) === undefined) throw viewError('ENOENT', path)
    return path
  }
  return {
    kindOf,
    readLink: (path) => below.readLink(visible(path)),
    readFile: (path) => below.readFile(visible(path)),
    list: (path) => below.list(visible(path)).filter((name) => kindOf(join(path, name)) !== undefined),
    hides: (path) => kindOf(path) === undefined && below.kindOf(path) !== undefined,
  }
}

/**
 * Sees the given files and links below `folder`, and the folders that hold them. What is above `folder` is seen as it is:
 * a path is followed from the root of the disk, and the boundary keeps it inside.
 *
 * @param folder real
 * @param paths real paths of files and links
 */
export function onlyListed(folder: string, paths: Iterable<string>): IsVisible {
  const entries = new Set(paths)
  const folders = new Set([folder])
  for (const path of entries) {
    for (let above = dirname(path); !folders.has(above) && isWithin(above, folder); above = dirname(above)) {
      folders.add(above)
    }
  }
  return (path, kind) => {
    if (path === folder || !isWithin(path, folder)) return true
    // git lists no pipes, sockets and devices. Nothing of them is ever read, so messages may say what they are.
    if (kind === 'pipe' || kind === 'socket' || kind === 'device') return true
    return kind === 'folder' ? folders.has(path) : entries.has(path)
  }
}
