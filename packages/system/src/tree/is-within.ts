import { sep } from 'node:path'

/** Whether `path` is `folder` or below it, by whole names. Both are clean and absolute. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
