import { posix } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { errnoOf } from '@overlay-render/system'
import { type ParsedTarFileItem, parseTar } from 'nanotar'

/** Limits on the bytes and files of an unpacked chart. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_FILES = 10_000

/**
 * The files of a chart's archive, by path in the chart. Like helm, it strips the top folder and accepts only regular files.
 *
 * @throws RangeError, whose message continues a sentence about the archive: "it contains a link …"
 */
export function unpackChart(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const { name, type, data } of entriesOf(archive)) {
    if (type === 'directory' || IGNORED_ENTRIES.has(String(type))) continue
    if (type !== 'file') throw new RangeError('it contains a link or a special file')
    const path = posix.normalize(name).split('/').slice(1).join('/')
    const parts = name.split('/')
    if (name.startsWith('/') || name.includes('\\') || parts.includes('..') || path === '')
      throw new RangeError('it contains a file outside of the folder of the chart')
    if (files.size >= MAX_FILES) throw new RangeError(`it contains more than ${MAX_FILES} files`)
    files.set(path, data ?? new Uint8Array())
  }
  if (!files.has('Chart.yaml')) throw new RangeError('it contains no Chart.yaml')
  return files
}

/** Headers for the following entry, with its full name. */
const IGNORED_ENTRIES: ReadonlySet<string> = new Set(['extendedHeader', 'globalExtendedHeader'])

function entriesOf(archive: Uint8Array): ParsedTarFileItem[] {
  let tar: Uint8Array
  try {
    // The parser reads the whole ArrayBuffer behind a Buffer, so copy it.
    tar = new Uint8Array(gunzipSync(archive, { maxOutputLength: MAX_BYTES }))
  } catch (error) {
    const reason =
      errnoOf(error) === 'ERR_BUFFER_TOO_LARGE'
        ? `it unpacks to more than ${MAX_BYTES} bytes`
        : 'it is not a gzip file'
    throw new RangeError(reason, { cause: error })
  }
  checkSizes(tar)
  return parseTar<never, object, ParsedTarFileItem>(tar)
}

const BLOCK = 512

/** Rejects invalid sizes, with which the parser would loop. */
function checkSizes(tar: Uint8Array): void {
  for (let at = 0; at + BLOCK <= tar.byteLength && tar[at] !== 0;) {
    const field = Buffer.from(tar.subarray(at + 124, at + 136)).toString('latin1')
    const [size] = /^[0-7]+(?=[ \0]*$)/u.exec(field.trimStart()) ?? []
    if (size === undefined) throw new RangeError('it is not a tar archive')
    at += BLOCK + Math.ceil(Number.parseInt(size, 8) / BLOCK) * BLOCK
    if (at > tar.byteLength) throw new RangeError('its end is missing')
  }
}
