import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs'

import { errnoOf } from '../system-fault.ts'
import { readFault } from './tree.ts'
import { type TreeView, viewError } from './tree-view.ts'

/** A pipe is not waited for, and a link that took the place of a file is not followed. Windows has neither flag. */
const READ_PLAIN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

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
  readFile(path) {
    const file = openPlain(path)
    try {
      // What was opened is asked, not the path: it may be something else than a moment ago.
      if (!fstatSync(file).isFile()) throw viewError('ENOTFILE', path)
      return readFileSync(file)
    } finally {
      closeSync(file)
    }
  },
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

function openPlain(path: string): number {
  try {
    return openSync(path, READ_PLAIN)
  } catch (error) {
    // ELOOP: a link. ENXIO: a socket, or a device that is not there.
    const errno = errnoOf(error)
    throw errno === 'ELOOP' || errno === 'ENXIO' ? viewError('ENOTFILE', path) : error
  }
}
