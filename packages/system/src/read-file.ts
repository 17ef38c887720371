import { readFile } from 'node:fs/promises'

import { errnoOf, SystemFault } from './system-fault.ts'

/**
 * The bytes of a file.
 *
 * @throws SystemFault `not-found` or `not-readable`, which name the file as `shown`
 */
export async function readBytes(path: string, shown: string = path): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') {
      throw new SystemFault({ code: 'not-found', message: `${shown} does not exist`, cause: error })
    }
    const reason = errno === 'EISDIR' ? 'it is a folder' : errno === 'EACCES' ? 'permission is denied' : errno
    throw new SystemFault({ code: 'not-readable', message: `cannot read ${shown}: ${reason}`, cause: error })
  }
}
