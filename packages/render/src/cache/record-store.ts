import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, futimesSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { errnoOf, removeFile, SystemFault, writeAtomically } from '@overlay-render/system'

import { addToTotal, type ClearedStore, clearRecords, type StoreSize, sweep, totalOf } from './sweep.ts'

/** Bytes of a sha256 at the start of each file, over its key and the rest of it. */
const HEAD = 32
/**
 * How often, in milliseconds, the modification time of a record in use is renewed. The oldest record is then the one unused for
 * longest.
 */
const TOUCH_INTERVAL = 24 * 60 * 60 * 1000

const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * Records by key in a folder, one file each. Any number of processes may use it at once without locks: a file is renamed into place
 * whole, and each reader checks its digest. Nothing here throws for errors of the disk: a record that cannot be read is treated as
 * absent, and one that cannot be written is not kept.
 */
export class RecordStore {
  readonly folder: string
  readonly #limit: number
  /** Bytes that are not in the total yet. */
  #written = 0
  #hasWritten = false
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

  /** The record of that key; undefined when there is none. A damaged record is removed. */
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
      // Readers check the digest, so no fsync is needed before the rename.
      writeAtomically(this.#pathOf(key), file, {
        guarded: [],
        mode: 0o600,
        folderMode: 0o700,
        flushed: false,
        shown: 'the cache',
      })
      this.#written += file.byteLength
      this.#hasWritten = true
      // Now and then, so that a run that is killed has counted almost all that it wrote.
      if (this.#written > this.#limit / 1000) this.#noteWritten()
    } catch (error) {
      if (!(error instanceof SystemFault)) throw error
      this.#problem = error.sentence
    }
  }

  /** Call at the end of a run: removes the oldest records when the folder is above its limit. */
  finish(): void {
    if (!this.#hasWritten) return
    this.#hasWritten = false
    this.#noteWritten()
    sweep(this.folder, this.#limit)
  }

  #noteWritten(): void {
    if (this.#written > 0) addToTotal(this.folder, this.#written)
    this.#written = 0
  }

  size(): StoreSize {
    return totalOf(this.folder)
  }

  /** Removes every record that can be removed. */
  clear(): ClearedStore {
    return clearRecords(this.folder)
  }

  #pathOf(key: string): string {
    if (!/^[0-9a-f]{64}$/u.test(key)) throw new TypeError(`a key must be a sha256 in hex, not ${key}`)
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

function readRecord(path: string): Buffer | undefined {
  try {
    const file = openSync(path, READ)
    try {
      const entry = fstatSync(file)
      if (!entry.isFile()) return undefined
      if (Math.abs(Date.now() - entry.mtimeMs) > TOUCH_INTERVAL) touch(file)
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
    // On a read-only disk the time cannot be renewed, and no record is removed either.
    if (errnoOf(error) === undefined) throw error
  }
}

function sha256(key: string, content: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(content).digest()
}
