import type { Stats } from 'node:fs'

/**
 * The kind of entry at a path, without following links. `closed`: the folder does not allow this user to search it, so the
 * entry is unknown.
 */
export type EntryKind = 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device' | 'closed'

/** The kind of an entry, from its `Stats`. */
export function kindOfEntry(entry: Stats): Exclude<EntryKind, 'closed'> {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isFIFO()) return 'pipe'
  return entry.isSocket() ? 'socket' : 'device'
}

/** Why an entry cannot be read as a file; follows a name and `is`. */
export const NOT_A_FILE: Readonly<Record<Exclude<EntryKind, 'file'>, string>> = {
  folder: 'not a file but a folder',
  link: 'not a file but a link',
  pipe: 'not a file but a pipe',
  socket: 'not a file but a socket',
  device: 'not a file but a device',
  closed: 'in a folder that this user may not search',
}
