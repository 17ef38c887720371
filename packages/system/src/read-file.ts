import { closeSync, constants, fstatSync, openSync, read, readFileSync, type Stats, statSync } from 'node:fs'

import { kindOfEntry, NOT_A_FILE } from './entry-kind.ts'
import { errnoOf, SystemFault } from './system-fault.ts'

/** `O_NONBLOCK`, so that opening a pipe does not wait for a writer. Windows has neither the flag nor such pipes. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * The bytes of a regular file. The type check uses the opened file, because the path may have changed since.
 *
 * @param flags additional flags for `open`
 * @throws what `node:fs` throws, with the code `ENOTFILE` for a device, a pipe or a socket
 */
export function readPlainFile(path: string, flags = 0): Buffer {
  const { file } = openPlainFile(path, flags)
  try {
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** As `readPlainFile`. The bytes of a large file are read by another thread, so that several are read at the same time. */
async function readPlainFileLater(path: string): Promise<Buffer> {
  const { file, size } = openPlainFile(path, 0)
  try {
    return size > LARGE ? await readAtOnce(file, size) : readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/** In bytes. A smaller file is read before a thread has started. */
const LARGE = 2 ** 20

function openPlainFile(path: string, flags: number): { readonly file: number; readonly size: number } {
  const file = openSync(path, READ | flags)
  try {
    const entry = fstatSync(file)
    if (!entry.isFile()) throw notPlain(entry)
    return { file, size: entry.size }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/** The first `size` bytes of a file, or fewer if it has become shorter. */
async function readAtOnce(file: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size)
  let end = 0
  for (let count = 1; count > 0 && end < size; end += count) count = await readInto(bytes, file, end)
  return bytes.subarray(0, end)
}

/** Reads the rest of `bytes` from `start` on. Returns the number of bytes that were read; 0 at the end of the file. */
async function readInto(bytes: Buffer, file: number, start: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file, bytes, start, bytes.length - start, start, (error, count) => {
      if (error === null) resolve(count)
      else reject(error)
    })
  })
}

function notPlain(entry: Stats): Error {
  const code = entry.isDirectory() ? 'EISDIR' : 'ENOTFILE'
  return Object.assign(new Error(`${code}: it is not a regular file`), { code })
}

/** Why the path is not a regular file, if so; links are followed. */
function whatIsAt(path: string): string | undefined {
  const entry = statSync(path, { throwIfNoEntry: false })
  const kind = entry === undefined ? 'file' : kindOfEntry(entry)
  return kind === 'file' ? undefined : `it is ${NOT_A_FILE[kind]}`
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission is denied'],
  ['ELOOP', 'its symbolic links form a loop'],
])

/**
 * The bytes of a file that the user named; links are followed. Devices, pipes and sockets are rejected, because they may
 * never end.
 *
 * @param shown the file's name in messages
 * @throws SystemFault `not-found` or `not-readable`
 */
export async function readBytes(path: string, shown: string = path): Promise<Buffer> {
  try {
    return await readPlainFileLater(path)
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
      hint: isSpecial ? 'save its content to a file, and pass that file' : undefined,
      cause: error,
    })
  }
}
