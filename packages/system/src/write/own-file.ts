import { constants, unlinkSync } from 'node:fs'

import { readPlainFile } from '../read-file.ts'
import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { digestOf } from '../tree/observation.ts'
import { atPlace, type OutputOptions, type OutputPlace } from './output-path.ts'

/**
 * What tells a file that was written here from every other one: its bytes, and when they were written. git records no
 * times, so no commit can make a file with a given stamp.
 */
export interface FileStamp {
  /** In hex. */
  readonly sha256: string
  /** Milliseconds since 1970, with a fraction. */
  readonly modified: number
}

/** The bytes of a plain file that is reached without a link in a guarded folder; undefined when there is none. */
export function readOutput(path: string, options: OutputOptions): Buffer | undefined {
  return ask(path, options, bytesAt)
}

/** The stamp of such a file; undefined when there is none. */
export function stampOf(path: string, options: OutputOptions): FileStamp | undefined {
  return ask(path, options, stampAt)
}

/**
 * Removes the file if it is still the one that the stamp was taken of.
 *
 * @returns whether it was removed
 * @throws SystemFault `not-writable`
 */
export function removeStamped(path: string, stamp: FileStamp, options: OutputOptions): boolean {
  const { shown = path } = options
  const removed = ask(path, options, (place) => {
    const found = stampAt(place)
    if (found?.sha256 !== stamp.sha256 || found.modified !== stamp.modified) return false
    try {
      unlinkSync(place.folder.at(place.name))
    } catch (error) {
      throw writeFault(error, shown)
    }
    return true
  })
  return removed ?? false
}

function stampAt(place: OutputPlace): FileStamp | undefined {
  const bytes = bytesAt(place)
  const entry = place.folder.look(place.name)
  if (bytes === undefined || entry === undefined) return undefined
  return { sha256: digestOf(bytes), modified: entry.mtimeMs }
}

function bytesAt({ folder, name }: OutputPlace): Buffer | undefined {
  if (folder.look(name)?.isFile() !== true) return undefined
  return readPlainFile(folder.at(name), constants.O_NOFOLLOW ?? 0)
}

const NOT_THERE = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'EISDIR',
  'ENOTFILE',
  'ENXIO',
  'EACCES',
  'ENAMETOOLONG',
])

/** What cannot be reached is no file of ours. */
function ask<Answer>(
  path: string,
  options: OutputOptions,
  question: (place: OutputPlace) => Answer,
): Answer | undefined {
  try {
    return atPlace(path, options, question)
  } catch (error) {
    if (error instanceof SystemFault && error.code === 'link-in-output') return undefined
    if (NOT_THERE.has(errnoOf(error) ?? '')) return undefined
    throw error
  }
}
