import { constants, unlinkSync } from 'node:fs'

import { readPlainFile } from '../read-file.ts'
import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { digestOf } from '../tree/observation.ts'
import { withOutputTarget, type OutputOptions, type OutputTarget } from './output-path.ts'

/**
 * Identifies a file that this program wrote: its content and modification time. git stores no times, so no commit can
 * create a file with a given stamp.
 */
export interface FileStamp {
  /** In hex. */
  readonly sha256: string
  /** Milliseconds since 1970, with a fraction. */
  readonly modified: number
}

/** The bytes of a regular file; undefined when there is none, or only through a link in a guarded folder. */
export function readOutput(path: string, options: OutputOptions): Buffer | undefined {
  return ask(path, options, bytesAt)
}

/** The stamp of such a file; undefined when there is none. */
export function stampOf(path: string, options: OutputOptions): FileStamp | undefined {
  return ask(path, options, stampAt)
}

/**
 * Removes the file if it still has the stamp.
 *
 * @returns whether it was removed
 * @throws SystemFault `not-writable`
 */
export function removeStamped(path: string, stamp: FileStamp, options: OutputOptions): boolean {
  const { shown = path } = options
  const removed = ask(path, options, (target) => {
    const found = stampAt(target)
    if (found?.sha256 !== stamp.sha256 || found.modified !== stamp.modified) return false
    try {
      unlinkSync(target.folder.at(target.name))
    } catch (error) {
      throw writeFault(error, shown)
    }
    return true
  })
  return removed ?? false
}

function stampAt(target: OutputTarget): FileStamp | undefined {
  const bytes = bytesAt(target)
  const entry = target.folder.look(target.name)
  if (bytes === undefined || entry === undefined) return undefined
  return { sha256: digestOf(bytes), modified: entry.mtimeMs }
}

function bytesAt({ folder, name }: OutputTarget): Buffer | undefined {
  if (folder.look(name)?.isFile() !== true) return undefined
  return readPlainFile(folder.at(name), constants.O_NOFOLLOW ?? 0)
}

const UNREACHABLE = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'EISDIR',
  'ENOTFILE',
  'ENXIO',
  'EACCES',
  'ENAMETOOLONG',
])

/** Undefined when the file cannot be reached: then this program did not write it. */
function ask<Answer>(
  path: string,
  options: OutputOptions,
  question: (target: OutputTarget) => Answer,
): Answer | undefined {
  try {
    return withOutputTarget(path, options, question)
  } catch (error) {
    if (error instanceof SystemFault && error.code === 'link-in-output') return undefined
    if (UNREACHABLE.has(errnoOf(error) ?? '')) return undefined
    throw error
  }
}
