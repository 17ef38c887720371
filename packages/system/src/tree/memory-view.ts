import { basename, dirname } from 'node:path'

import { type TreeView, viewError } from './tree-view.ts'

/** What an entry of a tree in memory holds: the bytes of a file, or the text of a link. */
export type MemoryEntry = Uint8Array | { readonly link: string }

/** A tree that exists only in memory, by absolute path; the folders above its entries come with them. */
export function memoryView(entries: ReadonlyMap<string, MemoryEntry>): TreeView {
  const folders = new Map<string, Set<string>>()
  for (const path of entries.keys()) {
    let name = path
    do {
      const folder = dirname(name)
      const names = folders.get(folder) ?? new Set()
      names.add(basename(name))
      folders.set(folder, names)
      name = folder
    } while (dirname(name) !== name)
  }
  const isLink = (entry: MemoryEntry | undefined): entry is { readonly link: string } =>
    entry !== undefined && 'link' in entry
  return {
    kindOf(path) {
      const entry = entries.get(path)
      if (entry !== undefined) return isLink(entry) ? 'link' : 'file'
      return folders.has(path) ? 'folder' : undefined
    },
    readLink(path) {
      const entry = entries.get(path)
      if (!isLink(entry)) throw viewError('EINVAL', path)
      return entry.link
    },
    readFile(path) {
      const entry = entries.get(path)
      if (entry === undefined) throw viewError(folders.has(path) ? 'ENOTFILE' : 'ENOENT', path)
      if (isLink(entry)) throw viewError('ENOTFILE', path)
      return entry
    },
    list: (path) => [...(folders.get(path) ?? [])].sort(),
  }
}
