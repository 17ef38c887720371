import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

import { writeFault } from './system-fault.ts'

export interface AtomicWriteOptions {
  /** Permission bits of a new file, 0o644 when absent. An existing file keeps its own unless this is given. */
  readonly mode?: number
  /** The path as messages should show it; the path itself when absent. */
  readonly shown?: string
}

/**
 * Writes a whole file by way of a temporary name beside it, flushed and then renamed: a kill at any moment
 * leaves the old file or the new one. Missing parent folders are made.
 *
 * @throws SystemFault `not-writable` or `disk-full`
 */
export async function writeAtomically(
  path: string,
  data: string | Uint8Array,
  { mode, shown = path }: AtomicWriteOptions = {},
): Promise<void> {
  const bytes = typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  try {
    // Loaded here, because what writes nothing should start without it.
    const { default: writeFileAtomic } = await import('write-file-atomic')
    await mkdir(dirname(path), { recursive: true })
    await writeFileAtomic(path, bytes, mode === undefined ? {} : { mode })
  } catch (error) {
    throw writeFault(error, shown)
  }
}
