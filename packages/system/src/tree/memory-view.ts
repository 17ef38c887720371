import { basename, dirname } from 'node:path'

import { type TreeView, viewError } from './tree-view.ts'

/** An entry of a memory view: a file's bytes, a function that reads them, or a link's target. */
export type MemoryEntry = Uint8Array | { readonly read: () => Uint8Array } | { readonly link: string }

/** A tree of entries by absolute path; their parent folders exist implicitly. */
export function memoryView(entries: ReadonlyMap<string, MemoryEntry>): TreeView {
  const folders = foldersOf(entries.keys())
  return {
    kindOf(path) {
      const entry = entries.get(path)
      if (entry !== undefined) return 'link' in entry ? 'link' : 'file'
      return folders.has(path) ? 'folder' : undefined
    },
    readLink(path) {
      const entry = entries.get(path)
      if (entry === undefined || !('link' in entry)) throw viewError('EINVAL', path)
      return entry.link
    },
    readFile(path) {
      const entry = entries.get(path)
      if (entry === undefined) throw viewError(folders.has(path) ? 'ENOTFILE' : 'ENOENT', path)
      if ('link' in entry) throw viewError('ENOTFILE', path)
      return 'read' in entry ? entry.read() : entry
    },
    list: (path) => [...(folders.get(path) ?? [])].sort(),
  }
}

/** The names in each parent folder of the paths, up to the root. */
function foldersOf(paths: Iterable<string>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const path of paths) {
    for (let name = path, isNew = true; isNew && dirname(name) !== name; name = dirname(name)) {
      const folder = dirname(name)
      const names = folders.get(folder)
      isNew = names === undefined
      if (names === undefined) folders.set(folder, new Set([basename(name)]))
      else names.add(basename(name))
    }
  }
  return folders
}
