import { type BigIntStats, statfsSync } from 'node:fs'

import { errnoOf } from '../system-fault.ts'

/**
 * Milliseconds since the last change after which a file's times identify its content. Two edits within one clock tick leave
 * the same times; the coarsest file system (FAT) has ticks of two seconds. git's index has the same rule ("racy git").
 */
const RACY_PERIOD = 3000

/**
 * A file's size, mtime and ctime in nanoseconds, inode and device as one string. No program can set the ctime, where
 * `keepsChangeTimes`.
 */
export function stateOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return `${size}/${mtimeNs}/${ctimeNs}/${ino}/${dev}`
}

/** Whether `stateOf` identifies the content. It does not for times in the future: after a clock was set back they can recur. */
export function isSettled({ mtimeMs, ctimeMs }: BigIntStats): boolean {
  return Date.now() - Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs) > RACY_PERIOD
}

/**
 * Types of Linux's local file systems, by statfs(2), that note every change in the ctime: ext, XFS, Btrfs, tmpfs, ramfs, overlayfs, ZFS,
 * F2FS, bcachefs. FAT has no ctime and SFTP none either, so an edit that sets the mtime back is not seen. On a mounted image all times
 * may be the same. NFS and the like answer with attributes that may be old, while a read gives the new content.
 */
const CHANGE_TIMES: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x858458f6, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e,
])

const known = new Map<bigint, boolean>()

/**
 * Whether the file system of a file is known to note every change in its ctime.
 *
 * @param typeOf the type of a path's file system, as statfs(2) tells it
 */
export function keepsChangeTimes(
  path: string,
  { dev }: Pick<BigIntStats, 'dev'>,
  typeOf: (path: string) => number = (at) => statfsSync(at).type,
): boolean {
  // Elsewhere, the usual file systems (APFS, NTFS) keep them.
  if (process.platform !== 'linux') return true
  const before = known.get(dev)
  if (before !== undefined) return before
  const keeps = keepsByType(path, typeOf)
  known.set(dev, keeps)
  return keeps
}

function keepsByType(path: string, typeOf: (path: string) => number): boolean {
  try {
    return CHANGE_TIMES.has(typeOf(path))
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return false
  }
}
