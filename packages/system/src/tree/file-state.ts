import type { BigIntStats } from 'node:fs'

/**
 * Milliseconds that a file must have been left alone before its times vouch for its content. A file that is edited twice
 * within a tick of the clock has the same times before and after: the coarsest file systems (FAT) count in two seconds.
 * git has the same rule for its index ("racy git").
 */
const GRAIN = 3000

/**
 * What the disk says of a file: size, both times in nanoseconds, inode and device. The time of the last change (ctime)
 * cannot be set by a program.
 */
export function stateOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return `${size}/${mtimeNs}/${ctimeNs}/${ino}/${dev}`
}

/** Whether that vouches for the content. A time in the future is one of a clock that was set back: it comes again. */
export function isSettled({ mtimeMs, ctimeMs }: BigIntStats): boolean {
  return Date.now() - Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs) > GRAIN
}
