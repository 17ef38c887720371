import { constants, fstatSync, write } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { SystemFault, writeFault } from '../system-fault.ts'
import { type AtomicWriteOptions, writeAtomically } from './atomic-write.ts'
import { withOutputTarget, type OutputOptions } from './output-path.ts'

/**
 * Writes to a path that the user chose: directly to an open descriptor (`/dev/stdout`, `/dev/fd/3`), a device or a pipe;
 * atomically to a file.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
 */
export async function writeTo(
  path: string,
  data: string | Uint8Array,
  options: AtomicWriteOptions,
): Promise<void> {
  const { shown = path } = options
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  try {
    const descriptor = descriptorOf(path)
    if (descriptor !== undefined) return await writeAll(descriptor, bytes)
    const stream = streamAt(path, options)
    if (stream === undefined) writeAtomically(path, bytes, options)
    else await writeToStream(stream, bytes)
  } catch (error) {
    throw error instanceof SystemFault ? error : writeFault(error, shown)
  }
}

const DESCRIPTORS: ReadonlyMap<string, number> = new Map([
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
])

/** Not opened by path: that would overwrite the start of a file that stdout is redirected to. */
function descriptorOf(path: string): number | undefined {
  const number = /^(?:\/dev|\/proc\/self)\/fd\/(\d+)$/u.exec(path)?.[1]
  return number === undefined ? DESCRIPTORS.get(path) : Number(number)
}

async function writeAll(descriptor: number, bytes: Uint8Array): Promise<void> {
  fstatSync(descriptor)
  for (let done = 0; done < bytes.byteLength;) {
    try {
      const { bytesWritten } = await promisify(write)(descriptor, bytes, done)
      done += bytesWritten
    } catch (error) {
      // The pipe is full.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

/** The real path of a device, a pipe or a socket at `path`. */
function streamAt(path: string, options: OutputOptions): string | undefined {
  return withOutputTarget(path, { ...options, make: 0o777 }, ({ folder, name }) => {
    const entry = folder.look(name)
    const isStream = entry !== undefined && !entry.isFile() && !entry.isDirectory()
    return isStream ? join(folder.real, name) : undefined
  })
}

/** Opens asynchronously: opening a pipe waits for a reader, and must not block this thread. */
async function writeToStream(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
}
