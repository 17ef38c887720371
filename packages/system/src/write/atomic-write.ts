import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'

import { dirname, resolve } from 'node:path'

import { cryptography } from '../cryptography.ts'
import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { guardFile } from '../temporary/guard.ts'
import { withOutputTarget, type OutputOptions, type OutputTarget } from './output-path.ts'

export interface AtomicWriteOptions extends OutputOptions {
  /** Permission bits; when absent, 0o644 for a new file, and unchanged for an existing one. */
  readonly mode?: number | undefined
  /** Permission bits of new folders, before the umask; 0o777 when absent. */
  readonly folderMode?: number | undefined
  /** False to skip fsync for files that readers verify and can recreate, such as cache entries: a power failure may leave them empty. */
  readonly flushed?: boolean | undefined
}

/**
 * Writes a file through a temporary file beside it, which is flushed and then renamed: a kill at any moment leaves the old
 * or the new content. Missing parent folders are created. If a signal ends the process in between, the guard removes the
 * temporary file.
 *
 * Libraries for this follow links, and use predictable temporary names.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
 */
export function writeAtomically(
  path: string,
  data: string | Uint8Array,
  { mode, folderMode = 0o777, flushed = true, guarded, shown = path }: AtomicWriteOptions,
): void {
  try {
    withOutputTarget(path, { guarded, shown, make: folderMode }, (target) =>
      replace(target, data, { path, mode, flushed }),
    )
  } catch (error) {
    throw error instanceof SystemFault ? error : writeFault(error, shown)
  }
}

function replace(
  { folder, name }: OutputTarget,
  data: string | Uint8Array,
  {
    path,
    mode,
    flushed,
  }: { readonly path: string; readonly mode: number | undefined; readonly flushed: boolean },
): void {
  const before = folder.look(name)
  if (before !== undefined && !before.isFile()) throw notAFile(before)
  const beside = `.overlay-render-${cryptography().randomBytes(8).toString('hex')}.tmp`
  const temporary = folder.at(beside)
  const release = flushed ? guardFile(resolve(dirname(path), beside)) : undefined
  // O_EXCL never follows a link at the temporary name.
  const file = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode ?? 0o644)
  try {
    try {
      writeFileSync(file, data)
      keepOwner(file, before)
      if (mode !== undefined || before !== undefined) fchmodSync(file, mode ?? (before?.mode ?? 0) & 0o777)
      if (flushed) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, folder.at(name))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    release?.()
  }
}

/** A file replaced by root keeps its owner. Other users cannot change the owner and do not need to. */
function keepOwner(file: number, before: Stats | undefined): void {
  if (before === undefined || process.getuid === undefined) return
  try {
    fchownSync(file, before.uid, before.gid)
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes(errnoOf(error) ?? '')) throw error
  }
}

function notAFile(entry: Stats): Error {
  const code = entry.isDirectory() ? 'EISDIR' : 'ENOTFILE'
  return Object.assign(new Error(`${code}: it is not a regular file`), { code })
}
