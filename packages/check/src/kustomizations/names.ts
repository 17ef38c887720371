import { basename, dirname, posix } from 'node:path'

/** The shortest path by which other files name a file or folder: with its parent folder. */
export function longName(path: string): string {
  return posix.join(basename(dirname(path)), basename(path))
}
