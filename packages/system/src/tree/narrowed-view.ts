import { dirname, join } from 'node:path'

import { isWithin } from './is-within.ts'
import type { EntryKind } from '../entry-kind.ts'
import { type TreeView, viewError } from './tree-view.ts'

/** Whether a view shows an entry. */
export type IsVisible = (path: string, kind: EntryKind) => boolean

/** A view that shows only some entries of a tree, and never reads the others. */
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
    commit: below.commit,
    kindOf,
    readLink: (path) => below.readLink(visible(path)),
    readFile: (path) => below.readFile(visible(path)),
    list: (path) => below.list(visible(path)).filter((name) => kindOf(join(path, name)) !== undefined),
    hides: (path) => kindOf(path) === undefined && below.kindOf(path) !== undefined,
  }
}

/**
 * Shows the given files and links below `folder`, and their folders. Everything outside of `folder` is visible, because
 * paths are resolved from the root; the boundary of the `Tree` restricts that part.
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
    // git does not list pipes, sockets and devices. They are never read, so messages may mention them.
    if (kind === 'pipe' || kind === 'socket' || kind === 'device') return true
    return kind === 'folder' ? folders.has(path) : entries.has(path)
  }
}
