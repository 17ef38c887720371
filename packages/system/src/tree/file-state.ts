import type { BigIntStats } from 'node:fs'

/**
 * Milliseconds since the last change after which a file's times identify its content. Two edits within one clock tick leave
 * the same times; the coarsest file system (FAT) has ticks of two seconds. git's index has the same rule ("racy git").
 */
const RACY_PERIOD = 3000

/**
 * A file's size, mtime and ctime in nanoseconds, inode and device as one string. No program can set the ctime.
 */
export function stateOf({ size, mtimeNs, ctimeNs, ino, dev }: BigIntStats): string {
  return `${size}/${mtimeNs}/${ctimeNs}/${ino}/${dev}`
}

/** Whether `stateOf` identifies the content. It does not for times in the future: after a clock was set back they can recur. */
export function isSettled({ mtimeMs, ctimeMs }: BigIntStats): boolean {
  return Date.now() - Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs) > RACY_PERIOD
}
