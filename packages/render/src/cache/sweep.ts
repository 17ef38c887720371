import { closeSync, constants, lstatSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { errnoOf, removeFile, SystemFault, writeAtomically } from '@overlay-render/system'

/** What a store holds. */
export interface StoreSize {
  readonly records: number
  readonly bytes: number
}

/** What was removed from a store. */
export interface ClearedStore extends StoreSize {
  /** How many records could not be removed. */
  readonly left: number
}

interface StoredFile {
  readonly path: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly used: number
  readonly isTemporary: boolean
}

/**
 * Holds the bytes in the folder, which spares a walk. The first line has what was counted, and when; each other line has what a run
 * added. Runs append, so that those that write at the same time do not undo each other's. It may be wrong, so it is counted again from
 * time to time.
 */
const TOTAL_FILE = 'total'
/** Bytes of that file above which it is written again. */
const MAX_TOTAL_SIZE = 64 * 1024

/** The share of the limit that a sweep leaves in use, so that not every run sweeps. */
const FILL = 0.8
/** Age in milliseconds after which a temporary file is from a run that was killed. */
const ABANDONED = 60 * 60 * 1000
/** Age in milliseconds after which the total is counted again. */
const MAX_TOTAL_AGE = 24 * 60 * 60 * 1000

/** Notes bytes that a run has added. Throws nothing for errors of the disk. */
export function addToTotal(folder: string, bytes: number): void {
  try {
    const file = openSync(join(folder, TOTAL_FILE), APPEND, 0o600)
    try {
      writeSync(file, `${bytes}\n`)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
  }
}

const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)

/** Removes the least recently used records when the folder holds more than `limit` bytes. Throws nothing for errors of the disk. */
export function sweep(folder: string, limit: number): void {
  const known = readTotal(folder)
  if (known !== undefined && known <= limit) return
  const files = listFiles(folder)
  const now = Date.now()
  let bytes = 0
  const kept: StoredFile[] = []
  for (const file of files) {
    if (file.isTemporary && Math.abs(now - file.used) > ABANDONED) remove(file)
    else {
      bytes += file.bytes
      kept.push(file)
    }
  }
  if (bytes > limit) {
    // Least recently used first. A time in the future is from a clock that was set back, and must not keep a record for ever.
    const age = ({ used }: StoredFile): number => Math.abs(now - used)
    for (const file of kept.sort((a, b) => age(b) - age(a))) {
      if (bytes <= limit * FILL) break
      remove(file)
      bytes -= file.bytes
    }
  }
  writeTotal(folder, bytes)
}

/** Counts the records in the folder. */
export function totalOf(folder: string): StoreSize {
  return sizeOf(listFiles(folder))
}

/** Removes all records that can be removed. */
export function clearRecords(folder: string): ClearedStore {
  const removed: StoredFile[] = []
  const left: StoredFile[] = []
  for (const file of listFiles(folder)) (remove(file) ? removed : left).push(file)
  writeTotal(folder, sizeOf(left).bytes)
  return { ...sizeOf(removed), left: left.length }
}

function sizeOf(files: readonly StoredFile[]): StoreSize {
  return { records: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

function listFiles(folder: string): StoredFile[] {
  return namesIn(folder)
    .filter((name) => /^[0-9a-f]{2}$/u.test(name))
    .flatMap((shard) =>
      namesIn(join(folder, shard)).flatMap((name) => {
        const path = join(folder, shard, name)
        const entry = look(path)
        return entry === undefined
          ? []
          : [{ path, bytes: entry.size, used: entry.mtimeMs, isTemporary: name.startsWith('.') }]
      }),
    )
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return []
  }
}

function look(path: string): { readonly size: number; readonly mtimeMs: number } | undefined {
  try {
    const entry = lstatSync(path)
    return entry.isFile() ? entry : undefined
  } catch (error) {
    // Another run removed it.
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}

/** Whether the file is gone. */
function remove({ path }: StoredFile): boolean {
  return quietly(() => removeFile(path, { guarded: [] }))
}

/** Undefined when the records have to be counted. */
function readTotal(folder: string): number | undefined {
  const path = join(folder, TOTAL_FILE)
  const entry = look(path)
  if (entry === undefined || entry.size > MAX_TOTAL_SIZE) return undefined
  try {
    const text = readFileSync(path, 'latin1')
    if (!/^\d{1,15} \d{1,15}\n(?:\d{1,15}\n)*$/u.test(text)) return undefined
    const [counted = '', ...added] = text.trimEnd().split('\n')
    const [bytes, at] = counted.split(' ').map(Number)
    if (bytes === undefined || at === undefined || Math.abs(Date.now() - at) > MAX_TOTAL_AGE) return undefined
    return added.reduce((sum, line) => sum + Number(line), bytes)
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}

function writeTotal(folder: string, bytes: number): void {
  const text = `${bytes} ${Date.now()}\n`
  quietly(() => writeAtomically(join(folder, TOTAL_FILE), text, { guarded: [], mode: 0o600, flushed: false }))
}

/** Whether the disk did the work. */
function quietly(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    return false
  }
}
