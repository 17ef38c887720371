import { createHash } from 'node:crypto'

import { IndexNames } from './index-names.ts'

/** Length in bytes of the checksum at the end of an index: a SHA-1, as the object ids in it. */
const CHECKSUM = 20
/** Offsets in an entry: its mode, its flags and, unless the flags are extended, its name. */
const MODE = 24
const FLAGS = 60
const NAME = 62
const EXTENDED = 0x4000
const FOLDER = 0o040000

interface Entry {
  readonly name: Buffer
  /** The offset of the next entry. */
  readonly end: number
}

/**
 * The names in git's index of version 2, 3 or 4 (gitformat-index(5)).
 *
 * @returns undefined for an index that only git can read: with another hash than SHA-1, split into several files, sparse, or with a
 * wrong checksum
 */
export function parseIndex(bytes: Buffer): IndexNames | undefined {
  const body = bytes.byteLength - CHECKSUM
  if (body < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const digest = createHash('sha1').update(bytes.subarray(0, body)).digest()
  if (!digest.equals(bytes.subarray(body))) return undefined
  const version = bytes.readUInt32BE(4)
  if (version < 2 || version > 4) return undefined
  const names: Buffer[] = []
  let at = 12
  let before: Buffer = Buffer.alloc(0)
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    if (bytes.readUInt32BE(at + MODE) === FOLDER) return undefined
    const entry: Entry = version === 4 ? shortened(bytes, at, before) : padded(bytes, at)
    names.push(entry.name, NUL)
    at = entry.end
    before = entry.name
  }
  return onlyOptional(bytes, at, body) ? new IndexNames(Buffer.concat(names)) : undefined
}

const NUL = Buffer.alloc(1)

function nameStart(bytes: Buffer, at: number): number {
  return at + NAME + ((bytes.readUInt16BE(at + FLAGS) & EXTENDED) === 0 ? 0 : 2)
}

/** An entry of version 2 or 3: one or more NULs pad it to a multiple of eight bytes. */
function padded(bytes: Buffer, at: number): Entry {
  const start = nameStart(bytes, at)
  const end = bytes.indexOf(0, start)
  return { name: bytes.subarray(start, end), end: at + ((end - at + 8) & ~7) }
}

/** An entry of version 4: how many bytes to drop from the end of the name before it, and the bytes to append. */
function shortened(bytes: Buffer, at: number, before: Buffer): Entry {
  let start = nameStart(bytes, at)
  let byte = bytes.readUInt8(start++)
  let dropped = byte & 0x7f
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(start++)
    dropped = ((dropped + 1) << 7) | (byte & 0x7f)
  }
  const end = bytes.indexOf(0, start)
  const kept = before.subarray(0, before.byteLength - dropped)
  return { name: Buffer.concat([kept, bytes.subarray(start, end)]), end: end + 1 }
}

/** Whether all extensions are optional. The name of an optional one starts with a capital letter. */
function onlyOptional(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (!/[A-Z]/u.test(bytes.toString('latin1', at, at + 1))) return false
  }
  return true
}
