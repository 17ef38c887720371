import { basename, dirname, posix } from 'node:path'

/** How other files name a file or a folder at the least: with the folder that holds it. */
export function longName(path: string): string {
  return posix.join(basename(dirname(path)), basename(path))
}
