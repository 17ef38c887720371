import { lstatSync, readFileSync, readlinkSync } from 'node:fs'

import { errnoOf } from '@overlay-render/system'

export type EntryKind = 'file' | 'folder' | 'link' | 'other'

/**
 * How the walk sees a tree of files: synchronous, by absolute path, one entry at a time (kustomize lists no
 * folder, so neither does this). A caller may lay generated files over the user's tree by answering for
 * them first. Paths handed in are clean, and of all their folders none is a link.
 */
export interface TreeView {
  /** What stands at `path` itself, links not followed; undefined when nothing does. */
  kindOf(path: string): EntryKind | undefined
  /** The text of the link at `path`, as written. */
  readLink(path: string): string
  /** @throws an error with a `code` such as `EACCES` when the file cannot be read */
  readFile(path: string): Uint8Array
}

/** The files of this machine. */
export const diskView: TreeView = {
  kindOf(path) {
    try {
      const entry = lstatSync(path, { throwIfNoEntry: false })
      if (entry === undefined) return undefined
      if (entry.isFile()) return 'file'
      if (entry.isDirectory()) return 'folder'
      return entry.isSymbolicLink() ? 'link' : 'other'
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === 'ENOTDIR') return undefined
      // In a folder that may not be searched something may stand, but nothing that kustomize could read.
      if (errno === 'EACCES') return 'other'
      throw error
    }
  },
  readLink: (path) => readlinkSync(path),
  readFile: (path) => readFileSync(path),
}

/** `above` laid over `below`: what `above` has no entry for is seen in `below`. */
export function layerViews(above: TreeView, below: TreeView): TreeView {
  const viewOf = (path: string): TreeView => (above.kindOf(path) === undefined ? below : above)
  return {
    kindOf: (path) => above.kindOf(path) ?? below.kindOf(path),
    readLink: (path) => viewOf(path).readLink(path),
    readFile: (path) => viewOf(path).readFile(path),
  }
}

/** A view of files that exist only in memory, by absolute path; the folders above them come with them. */
export function filesView(files: ReadonlyMap<string, Uint8Array>): TreeView {
  const folders = new Set<string>()
  for (const path of files.keys()) {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      folders.add(path.slice(0, cut))
    }
  }
  return {
    kindOf: (path) => (files.has(path) ? 'file' : folders.has(path) ? 'folder' : undefined),
    readLink: (path) => {
      throw new Error(`${path} is not a link`)
    },
    readFile: (path) => {
      const bytes = files.get(path)
      if (bytes === undefined) throw Object.assign(new Error(`${path} is missing`), { code: 'ENOENT' })
      return bytes
    },
  }
}
