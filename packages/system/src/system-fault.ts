import { Fault } from './fault.ts'

export type SystemCode =
  | 'aborted'
  | 'not-found'
  | 'not-readable'
  | 'not-writable'
  | 'disk-full'
  | 'not-started'
  | 'timed-out'
  | 'output-too-large'

/** A fault of the machine: a file that cannot be read or written, a process that cannot be run. */
export class SystemFault extends Fault<SystemCode> {}

/** The `code` of an error that Node's file functions throw, such as `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const WRITE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'a folder stands in its place',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file stands where a folder must be',
  ENAMETOOLONG: 'the path is too long',
}

/** Turns what a failed write threw into a fault that names the path as `shown`. */
export function writeFault(error: unknown, shown: string): SystemFault {
  const errno = errnoOf(error)
  if (errno === 'ENOSPC' || errno === 'EDQUOT') {
    return new SystemFault({
      code: 'disk-full',
      message: `cannot write ${shown}: the disk is full`,
      hint: 'free some space and run the same command again; nothing was half written',
      blame: 'program',
      cause: error,
    })
  }
  return new SystemFault({
    code: 'not-writable',
    message: `cannot write ${shown}: ${WRITE_REASONS[errno ?? ''] ?? errno ?? 'the system refused'}`,
    hint: 'choose another place, or change the permissions',
    cause: error,
  })
}
