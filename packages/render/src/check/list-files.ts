import { join } from 'node:path'

import type { EntryKind, TreeView } from '@overlay-render/system'

/**
 * The real paths of all files below a folder, sorted. Links are not followed; names that start with a dot and `node_modules` are
 * skipped.
 */
export function listFiles(view: TreeView, folder: string): string[] {
  const isPassedOver = (name: string): boolean => name.startsWith('.') || name === 'node_modules'
  return walk(view, folder, isPassedOver).flatMap(([path, kind]) => (kind === 'file' ? [path] : []))
}

/** The same with hidden files, and with the links themselves: what git tracks in the tree of a commit. */
export function listEntries(view: TreeView, folder: string): string[] {
  return walk(view, folder, () => false).map(([path]) => path)
}

function walk(
  view: TreeView,
  folder: string,
  isPassedOver: (name: string) => boolean,
): (readonly [path: string, kind: EntryKind])[] {
  const found: (readonly [path: string, kind: EntryKind])[] = []
  const pending = [folder]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const name of view.list(path)) {
      if (isPassedOver(name)) continue
      const below = join(path, name)
      const kind = view.kindOf(below)
      if (kind === 'folder') pending.push(below)
      else if (kind !== undefined) found.push([below, kind])
    }
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1))
}
