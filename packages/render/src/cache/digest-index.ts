import { lstatSync } from 'node:fs'

import {
  digestOf,
  isSettled,
  keepsChangeTimes,
  type ReadOpen,
  readConsistent,
  stateOf,
} from '@overlay-render/system'

import { keyOf } from './key.ts'
import type { RecordStore } from './record-store.ts'

/** Most files that an index remembers. */
const MAX_FILES = 50_000

interface Known {
  /** Size, both times in nanoseconds, inode and device. The time of the last change (ctime) cannot be set by a program. */
  readonly stamp: string
  readonly digest: string
}

/** The digests of files that have not changed since they were read, by size, times, inode and device. */
export class DigestIndex {
  readonly #store: RecordStore
  readonly #key: string
  readonly #files: Map<string, Known>
  /** The answers of this run: each file has one digest for the whole run, even if it changes meanwhile. */
  readonly #asked = new Map<string, string>()
  #changed = false
  readonly #readOpen: ReadOpen | undefined

  /** @param name what the files belong to, such as the top folder of their tree  @param readOpen see `readConsistent` */
  constructor(store: RecordStore, name: string, readOpen?: ReadOpen) {
    this.#store = store
    this.#readOpen = readOpen
    this.#key = keyOf('digests', name)
    this.#files = parseIndex(store.get(this.#key))
  }

  /**
   * The sha256 of the regular file at a real path, in hex.
   *
   * @throws an error with a `code`, as `readConsistent` does
   */
  digestOf(path: string): string {
    const asked = this.#asked.get(path)
    if (asked !== undefined) return asked
    const entry = lstatSync(path, { bigint: true })
    const known = this.#files.get(path)
    const digest = entry.isFile() && known?.stamp === stateOf(entry) ? known.digest : this.#read(path)
    this.#asked.set(path, digest)
    return digest
  }

  /** Writes the new digests for the next run. */
  save(): void {
    if (!this.#changed) return
    this.#changed = false
    const files = [...this.#files].slice(-MAX_FILES)
    const lines = files.map(([path, { stamp, digest }]) => `${stamp} ${digest} ${path}`)
    this.#store.put(this.#key, Buffer.from([String(Date.now()), ...lines].join('\0')))
  }

  #read(path: string): string {
    const { bytes, entry } = readConsistent(path, this.#readOpen)
    const digest = digestOf(bytes)
    if (isSettled(entry) && keepsChangeTimes(path, entry)) {
      this.#files.delete(path)
      this.#files.set(path, { stamp: stateOf(entry), digest })
      this.#changed = true
    }
    return digest
  }
}

/**
 * Drops an index with a time in the future. It was written before the clock was set back: a file may get the same times again with
 * other contents.
 */
function parseIndex(record: Buffer | undefined): Map<string, Known> {
  const files = new Map<string, Known>()
  const [written, ...lines] = record?.toString('utf8').split('\0') ?? []
  if (written === undefined || Number(written) > Date.now()) return files
  for (const line of lines) {
    const stampEnd = line.indexOf(' ')
    const digestEnd = stampEnd + 65
    files.set(line.slice(digestEnd + 1), {
      stamp: line.slice(0, stampEnd),
      digest: line.slice(stampEnd + 1, digestEnd),
    })
  }
  return files
}
