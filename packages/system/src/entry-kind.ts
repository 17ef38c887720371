import type { Stats } from 'node:fs'

/**
 * What is at a path itself, links not followed. `closed`: in a folder that this user may not search there may be something, but
 * nothing that can be looked at.
 */
export type EntryKind = 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device' | 'closed'

/** What the system says of an entry. */
export function kindOfEntry(entry: Stats): Exclude<EntryKind, 'closed'> {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isFIFO()) return 'pipe'
  return entry.isSocket() ? 'socket' : 'device'
}

/** Why nothing can be read, to follow a name and `is`. */
export const NO_FILE: Readonly<Record<Exclude<EntryKind, 'file'>, string>> = {
  folder: 'not a file but a folder',
  link: 'not a file but a link',
  pipe: 'not a file but a pipe',
  socket: 'not a file but a socket',
  device: 'not a file but a device',
  closed: 'in a folder that this user may not search',
}
