import { concatBytes, utf8Bytes, utf8Length } from './bytes.ts'
/**
 * Go's strings are bytes, JavaScript's are UTF-16. Bytes that are not UTF-8 (such as a decoded image) are represented
 * as lone surrogates, 0xDC00 plus the byte (Python's surrogateescape), which valid text never contains, and are converted back on output.
 */
const SURROGATE_BASE = 0xdc00
/** With the u flag, only lone surrogates match. */
const LONE_SURROGATE = /[\ud800-\udfff]/u

/** The text of `bytes`; invalid bytes become lone surrogates. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not UTF-8: one character at a time.
    return Array.from(charactersOfBytes(bytes)).join('')
  }
}

function* charactersOfBytes(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for (let offset = 0; offset < bytes.length;) {
    const first = bytes[offset] ?? 0
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    let character: string
    try {
      character = decoder.decode(bytes.subarray(offset, offset + length))
      offset += length
    } catch {
      character = String.fromCharCode(SURROGATE_BASE + first)
      offset += 1
    }
    yield character
  }
}

/** Whether a text contains bytes that are not UTF-8. */
export function hasInvalidUtf8(text: string): boolean {
  return LONE_SURROGATE.test(text)
}

/** Replaces each invalid byte with U+FFFD, as Go does when it iterates over characters. */
export function replaceInvalidUtf8(text: string): string {
  return LONE_SURROGATE.test(text) ? text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd') : text
}

/** The UTF-8 of `text`, with the invalid bytes encoded by `textOfBytes`. */
export function bytesOfText(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return utf8Bytes(text)
  const pieces = text.split(/([\udc80-\udcff])/u).map((piece, index) => {
    return index % 2 === 1 ? Uint8Array.of(piece.charCodeAt(0) - SURROGATE_BASE) : utf8Bytes(piece)
  })
  return concatBytes(pieces)
}

/** The number of bytes of `text`, which is its length in Go. */
export function byteLength(text: string): number {
  return LONE_SURROGATE.test(text) ? bytesOfText(text).length : utf8Length(text)
}

/** Whether the character at `index` is a lone surrogate: a byte that is not UTF-8. */
export function isInvalidByte(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if ((code & 0xf800) !== 0xd800) return false
  return (text.codePointAt(index) ?? 0) <= 0xffff && !isSecondHalf(text, index)
}

function isSecondHalf(text: string, index: number): boolean {
  return index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff
}
