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
import { atPlace, type OutputOptions, type OutputPlace } from './output-path.ts'

export interface AtomicWriteOptions extends OutputOptions {
  /** Permission bits of a new file, 0o644 when absent. An existing file keeps its own unless this is given. */
  readonly mode?: number | undefined
  /** Permission bits of the folders that are made, before the umask; 0o777 when absent. */
  readonly folderMode?: number | undefined
  /** False for a file that is checked when it is read and can be made again, such as one of a cache: a power cut may leave it empty. */
  readonly flushed?: boolean | undefined
}

/**
 * Writes a whole file by way of a temporary name beside it, flushed and then renamed: a kill at any moment leaves the old
 * file or the new one. Missing parent folders are made. A signal that ends this
 * process in between leaves nothing: the guard removes the temporary file.
 *
 * No library of the registry does it: they follow links, and give the temporary file a name that can be guessed.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
 */
export function writeAtomically(
  path: string,
  data: string | Uint8Array,
  { mode, folderMode = 0o777, flushed = true, guarded, shown = path }: AtomicWriteOptions,
): void {
  try {
    atPlace(path, { guarded, shown, make: folderMode }, (place) =>
      replace(place, data, { path, mode, flushed }),
    )
  } catch (error) {
    throw error instanceof SystemFault ? error : writeFault(error, shown)
  }
}

function replace(
  { folder, name }: OutputPlace,
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
  // Never through a link that was laid at the temporary name.
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

/** A file that root replaces keeps its owner. Others cannot give files away, and need not. */
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
  return Object.assign(new Error(`${code}: there is no plain file`), { code })
}
