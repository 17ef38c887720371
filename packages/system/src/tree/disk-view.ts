import { lstatSync, readdirSync, readlinkSync } from 'node:fs'

import { kindOfEntry } from '../entry-kind.ts'
import { errnoOf } from '../system-fault.ts'
import { readConsistent } from './read-consistent.ts'
import { readFault } from './tree.ts'
import type { TreeView } from './tree-view.ts'

/** The file system of this machine. */
export const diskView: TreeView = {
  kindOf(path) {
    try {
      const entry = lstatSync(path, { throwIfNoEntry: false })
      if (entry === undefined) return undefined
      return kindOfEntry(entry)
    } catch (error) {
      const errno = errnoOf(error)
      // A path that was real may now lead through a link: for the system, one in a loop leads nowhere.
      if (errno === 'ENOTDIR' || errno === 'ENAMETOOLONG' || errno === 'ELOOP') return undefined
      if (errno === 'EACCES') return 'closed'
      throw error
    }
  },
  readLink: (path) => readlinkSync(path),
  readFile: (path) => readConsistent(path).bytes,
  list(path) {
    try {
      return readdirSync(path).sort()
    } catch (error) {
      const errno = errnoOf(error)
      // The caller explains other errors.
      throw errno === 'EACCES' || errno === 'EPERM' ? readFault(error, path) : error
    }
  },
}
