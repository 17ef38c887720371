import { type BigIntStats, closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

import { errnoOf } from '../system-fault.ts'
import { isSettled, stateOf } from './file-state.ts'
import { viewError } from './tree-view.ts'

/** A pipe is not waited for, and a link that took the place of a file is not followed. Windows has neither flag. */
const READ_PLAIN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** As often as a file is read that changes meanwhile. */
const MOST_READS = 10

/** The content of a file, and what the disk said of it before and after it was read. */
export interface SteadyFile {
  readonly bytes: Buffer
  readonly entry: BigIntStats
}

/** How an open file is read from its start; `readFileSync` but in tests that change the file meanwhile. */
export type ReadOpen = (file: number) => Buffer

/**
 * The content of the regular file at `path` as it was at one moment. A file that something else changes while it is read is read
 * again. Where the disk's clock is too coarse to tell, since the file was changed just now, two reads must give the same.
 *
 * @throws an error with a `code` as `node:fs` does; `ENOTFILE` for what is no regular file, `ECHANGED` for one that does not come to rest
 */
export function readSteady(path: string, read: ReadOpen = readFileSync): SteadyFile {
  let before: SteadyFile | undefined
  for (let reads = 0; reads < MOST_READS; reads++) {
    const file = readOnce(path, read)
    if (file !== undefined && (isSettled(file.entry) || isSame(file, before))) return file
    before = file
  }
  throw viewError('ECHANGED', path)
}

/** Undefined when the file was changed meanwhile. */
function readOnce(path: string, read: ReadOpen): SteadyFile | undefined {
  const file = openPlain(path)
  try {
    // What was opened is asked, not the path: it may be something else than a moment ago.
    const entry = fstatSync(file, { bigint: true })
    if (!entry.isFile()) throw viewError('ENOTFILE', path)
    const bytes = read(file)
    const after = fstatSync(file, { bigint: true })
    return stateOf(after) === stateOf(entry) && BigInt(bytes.byteLength) === entry.size
      ? { bytes, entry }
      : undefined
  } finally {
    closeSync(file)
  }
}

function isSame({ bytes, entry }: SteadyFile, before: SteadyFile | undefined): boolean {
  return before !== undefined && stateOf(entry) === stateOf(before.entry) && bytes.equals(before.bytes)
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
