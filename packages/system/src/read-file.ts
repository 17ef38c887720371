import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs'

import { kindOfEntry, NO_FILE } from './entry-kind.ts'
import { errnoOf, SystemFault } from './system-fault.ts'

/** A pipe is not waited for. Windows has no such flag, and no such pipes. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * The bytes of a plain file. The type is that of the opened file: the path may lead to something else by then.
 *
 * @param flags for `open`, beside those for reading
 * @throws what `node:fs` throws, with the code `ENOTFILE` for a device, a pipe or a socket
 */
export function readPlainFile(path: string, flags = 0): Buffer {
  const file = openSync(path, READ | flags)
  try {
    const entry = fstatSync(file)
    if (!entry.isFile()) throw notPlain(entry)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

function notPlain(entry: Stats): Error {
  const code = entry.isDirectory() ? 'EISDIR' : 'ENOTFILE'
  return Object.assign(new Error(`${code}: it is not a regular file`), { code })
}

/** What keeps a path from being read as a file; links are followed. */
function whatIsAt(path: string): string | undefined {
  const entry = statSync(path, { throwIfNoEntry: false })
  const kind = entry === undefined ? 'file' : kindOfEntry(entry)
  return kind === 'file' ? undefined : `it is ${NO_FILE[kind]}`
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission is denied'],
  ['ELOOP', 'its links lead in a circle'],
])

/**
 * The bytes of a file that the user named; links are followed. A device, a pipe or a socket is refused at once: it may
 * never end.
 *
 * @throws SystemFault `not-found` or `not-readable`, which name the file as `shown`
 */
export async function readBytes(path: string, shown: string = path): Promise<Buffer> {
  try {
    return readPlainFile(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') {
      throw new SystemFault({ code: 'not-found', message: `${shown} does not exist`, cause: error })
    }
    const isSpecial = errno === 'ENOTFILE' || errno === 'ENXIO'
    const what = isSpecial ? whatIsAt(path) : undefined
    throw new SystemFault({
      code: 'not-readable',
      message: `cannot read ${shown}: ${what ?? REASONS.get(errno ?? '') ?? errno ?? 'the system refused'}`,
      hint: isSpecial ? 'write it to a file first, and name that' : undefined,
      cause: error,
    })
  }
}
