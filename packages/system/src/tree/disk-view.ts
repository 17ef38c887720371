import { lstatSync, readdirSync, readlinkSync } from 'node:fs'

import { errnoOf } from '../system-fault.ts'
import { readSteady } from './read-steady.ts'
import { readFault } from './tree.ts'
import type { TreeView } from './tree-view.ts'

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
      if (errno === 'ENOTDIR' || errno === 'ENAMETOOLONG') return undefined
      // In a folder that may not be searched there may be something, but nothing that can be read.
      if (errno === 'EACCES') return 'other'
      throw error
    }
  },
  readLink: (path) => readlinkSync(path),
  readFile: (path) => readSteady(path).bytes,
  list(path) {
    try {
      return readdirSync(path).sort()
    } catch (error) {
      const errno = errnoOf(error)
      // Other errors are explained by the caller.
      throw errno === 'EACCES' || errno === 'EPERM' ? readFault(error, path) : error
    }
  },
}
