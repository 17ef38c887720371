import { Fault } from '@overlay-render/faults'

/** The codes of `SystemFault`. */
export type SystemCode =
  /** The caller aborted the work. */
  | 'aborted'
  /** A file does not exist. */
  | 'not-found'
  /** A file or folder cannot be read. */
  | 'not-readable'
  /** A file or folder cannot be written. */
  | 'not-writable'
  /** A symbolic link is on the way to an output; nothing is written through it. */
  | 'link-in-output'
  /** The disk is full. No file is incomplete. */
  | 'disk-full'
  /** A program could not be started. */
  | 'not-started'
  /** A program or a request took longer than its limit. */
  | 'timed-out'
  /** A program printed more than the limit. */
  | 'output-too-large'
  /** There is not enough memory. */
  | 'out-of-memory'
  /** git is not on PATH. */
  | 'git-missing'
  /** git refused a command. */
  | 'git-refused'
  /** The clone lacks an object, such as a shallow or a partial one. */
  | 'git-incomplete'
  /** git does not trust the repository, because it belongs to another user. */
  | 'git-untrusted'
  /** A URL is not allowed: its scheme, its host or its address. */
  | 'remote-refused'
  /** A server does not answer, or answers with an error. */
  | 'remote-failed'

/** An error of the machine: a file that cannot be read or written, a program that cannot run. */
export class SystemFault extends Fault<SystemCode> {}

/** The `code` of an error that Node's file functions throw, such as `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

interface WriteReason {
  readonly reason: string
  readonly hint?: string | undefined
}

const DENIED = {
  reason: 'permission is denied',
  hint: 'choose another path, or change the permissions',
}

const WRITE_REASONS = new Map<string, WriteReason>([
  ['EACCES', DENIED],
  ['EPERM', DENIED],
  ['EROFS', { reason: 'the file system is read-only', hint: 'choose a path on another file system' }],
  ['EISDIR', { reason: 'it is a folder' }],
  ['ENOTFILE', { reason: 'it is a device, a pipe or a socket, not a file' }],
  ['ENOTDIR', { reason: 'a part of the path is a file, not a folder' }],
  ['ELOOP', { reason: 'its symbolic links form a loop' }],
  ['ENAMETOOLONG', { reason: 'the path is too long' }],
  ['ENXIO', { reason: 'it is a socket or a missing device' }],
])

/** Converts the error of a failed write. @param shown the path in messages */
export function writeFault(error: unknown, shown: string): SystemFault {
  const errno = errnoOf(error)
  if (errno === 'ENOSPC' || errno === 'EDQUOT') {
    return new SystemFault({
      code: 'disk-full',
      message: `cannot write ${shown}: the disk is full`,
      hint: 'free some space and run the same command again; no file is incomplete',
      blame: 'program',
      cause: error,
    })
  }
  const { reason, hint } = WRITE_REASONS.get(errno ?? '') ?? { reason: errno ?? 'the system refused' }
  return new SystemFault({
    code: 'not-writable',
    message: `cannot write ${shown}: ${reason}`,
    hint: hint ?? 'choose another path',
    cause: error,
  })
}

/**
 * Does work that writes, and converts its error.
 *
 * @param shown what is written, in messages
 * @throws SystemFault `disk-full` or `not-writable`
 */
export function withWriteFault<Result>(shown: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw errnoOf(error) === undefined || error instanceof SystemFault ? error : writeFault(error, shown)
  }
}
