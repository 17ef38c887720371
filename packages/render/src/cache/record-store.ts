import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, futimesSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { errnoOf, removeFile, SystemFault, writeAtomically } from '@overlay-render/system'

import { clearRecords, type StoreSize, sweep, TOTAL_FILE, totalOf } from './sweep.ts'

/** Bytes of a sha256 at the start of each file, over its key and the rest of it. */
const HEAD = 32
/** A record that is used is written to at most this often, in milliseconds, so that `oldest` means longest unused. */
const FRESH = 24 * 60 * 60 * 1000

const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * Records by key in a folder, one file each. Any number of processes may use it at once without locks: a file is renamed
 * into its place whole, and whoever reads one checks its digest. Nothing here throws for what the disk does: a record
 * that cannot be read is not there, and one that cannot be written is not kept.
 */
export class RecordStore {
  readonly folder: string
  readonly #limit: number
  #written = 0
  #problem: string | undefined

  /** @param limit bytes that the folder may hold */
  constructor(folder: string, limit: number) {
    this.folder = folder
    this.#limit = limit
  }

  /** Why records are not kept, such as a full disk; undefined when they are. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** The record of that key. A damaged one is removed and not there. */
  get(key: string): Buffer | undefined {
    const path = this.#pathOf(key)
    const file = readRecord(path)
    if (file === undefined) return undefined
    const content = file.subarray(HEAD)
    if (file.byteLength >= HEAD && sha256(key, content).equals(file.subarray(0, HEAD))) return content
    this.#remove(path)
    return undefined
  }

  put(key: string, content: Uint8Array): void {
    if (this.#problem !== undefined || content.byteLength > this.#limit) return
    const file = Buffer.concat([sha256(key, content), content])
    try {
      // Whoever reads it checks it, so it need not be on the disk before it has its name.
      writeAtomically(this.#pathOf(key), file, {
        guarded: [],
        mode: 0o600,
        folderMode: 0o700,
        flushed: false,
        shown: 'the cache',
      })
      this.#written += file.byteLength
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
      this.#problem = error.sentence
    }
  }

  /** At the end of a run: takes the oldest records away when there are more than the folder may hold. */
  finish(): void {
    if (this.#written === 0) return
    sweep(this.folder, { written: this.#written, limit: this.#limit })
    this.#written = 0
  }

  size(): StoreSize {
    return totalOf(this.folder)
  }

  /** Removes every record. Returns what there was. */
  clear(): StoreSize {
    return clearRecords(this.folder)
  }

  #pathOf(key: string): string {
    if (!/^[0-9a-f]{64}$/u.test(key)) throw new TypeError(`${key} is no key`)
    return join(this.folder, key.slice(0, 2), key.slice(2))
  }

  #remove(path: string): void {
    try {
      removeFile(path, { guarded: [] })
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
    }
  }
}

export { TOTAL_FILE }

function readRecord(path: string): Buffer | undefined {
  try {
    const file = openSync(path, READ)
    try {
      const entry = fstatSync(file)
      if (!entry.isFile()) return undefined
      if (Math.abs(Date.now() - entry.mtimeMs) > FRESH) touch(file)
      return readFileSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}

function touch(file: number): void {
  try {
    const now = Date.now() / 1000
    futimesSync(file, now, now)
  } catch (error) {
    // On a disk that is only read records do not grow old.
    if (errnoOf(error) === undefined) throw error
  }
}

function sha256(key: string, content: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(content).digest()
}
