import { type BigIntStats, closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

import { errnoOf } from '../system-fault.ts'
import { isSettled, stateOf } from './file-state.ts'
import { viewError } from './tree-view.ts'

/** Opening does not wait for a pipe's writer and does not follow a link that replaced the file. Windows has neither flag. */
const READ_PLAIN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** How often a file is read when it keeps changing. */
const MAX_READS = 10

/** The content of a file, and its `Stats`, which were the same before and after reading. */
export interface ConsistentFile {
  readonly bytes: Buffer
  readonly entry: BigIntStats
}

/** Reads an open file from its start: `readFileSync`, or a function of a test that changes the file meanwhile. */
export type ReadOpen = (file: number) => Buffer

/**
 * Reads the regular file at `path` without mixing two versions. When the file changes during the read, it is read again. When it
 * changed too recently for its times to tell, two reads must agree.
 *
 * @throws an error with a `code`, like `node:fs`; `ENOTFILE` when it is not a regular file, `ECHANGED` when it keeps changing
 */
export function readConsistent(path: string, read: ReadOpen = readFileSync): ConsistentFile {
  let before: ConsistentFile | undefined
  for (let reads = 0; reads < MAX_READS; reads++) {
    const file = readOnce(path, read)
    if (file !== undefined && (isSettled(file.entry) || isSame(file, before))) return file
    before = file
  }
  throw viewError('ECHANGED', path)
}

/** Undefined when the file changed during the read. */
function readOnce(path: string, read: ReadOpen): ConsistentFile | undefined {
  const file = openPlain(path)
  try {
    // Check the opened file, not the path, which may have changed.
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

function isSame({ bytes, entry }: ConsistentFile, before: ConsistentFile | undefined): boolean {
  return before !== undefined && stateOf(entry) === stateOf(before.entry) && bytes.equals(before.bytes)
}

function openPlain(path: string): number {
  try {
    return openSync(path, READ_PLAIN)
  } catch (error) {
    // ELOOP: a link. ENXIO: a socket or a missing device.
    const errno = errnoOf(error)
    throw errno === 'ELOOP' || errno === 'ENXIO' ? viewError('ENOTFILE', path) : error
  }
}
