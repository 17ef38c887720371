import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

import { errnoOf } from '@overlay-render/system'
import { YqFault } from '@overlay-render/yq'

/** Go's error messages for opening and reading a file. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
}

/**
 * The content of a file. @param name as the user wrote it, relative to `folder`
 *
 * @throws YqFault with the sentence that yq prints
 */
export function readInputFile(name: string, folder: string): Uint8Array {
  try {
    return readFileSync(resolve(folder, name))
  } catch (error) {
    throw fileFault(errnoOf(error) === 'EISDIR' ? 'read' : 'open', name, error)
  }
}

/** @throws YqFault as yq does, unless there is a file or folder of that name */
export function requireFile(name: string, folder: string): void {
  try {
    statSync(resolve(folder, name))
  } catch (error) {
    throw fileFault('stat', name, error)
  }
}

function fileFault(verb: string, name: string, error: unknown): unknown {
  const errno = errnoOf(error)
  if (errno === undefined) return error
  const message = `${verb} ${name}: ${REASONS[errno] ?? errno}`
  return new YqFault({ code: 'document-invalid', message, cause: error })
}

/** Whether a file of that name exists. This decides whether an argument is an expression or a file. */
export function isFile(name: string, folder: string): boolean {
  try {
    // An empty name would resolve to the folder, and a NUL in a name is an error of its own.
    return name !== '' && !name.includes('\0') && !statSync(resolve(folder, name)).isDirectory()
  } catch (error) {
    if (errnoOf(error) !== undefined) return false
    throw error
  }
}
