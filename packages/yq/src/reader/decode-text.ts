import type { YqFault } from '../errors.ts'
import { BYTE_ORDER_MARK } from './characters.ts'
import { loadFault } from './load-fault.ts'

export interface DecodedText {
  /** The text up to the first bytes that cannot be decoded, including its byte order mark. */
  readonly text: string
  /** Why the rest cannot be decoded; for `ReadOptions.endFault`. */
  readonly endFault?: YqFault | undefined
}

/**
 * Decodes a YAML file: UTF-8, or UTF-16 when it starts with a UTF-16 byte order mark.
 *
 * @throws YqFault `document-invalid` when the bytes cannot be decoded
 */
export function decodeText(bytes: Uint8Array, fileName = '-'): string {
  const { text, endFault } = decodeUpToFault(bytes, fileName)
  if (endFault !== undefined) throw endFault
  return text
}

/** As `decodeText`, but returns the text before the fault, so that the documents before it can be read. */
export function decodeUpToFault(bytes: Uint8Array, fileName = '-'): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, 0, fileName)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, 1, fileName)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return explainUtf8(bytes, fileName)
  }
}

/** Finds the first invalid sequence, and describes it as go-yaml does. */
function explainUtf8(bytes: Uint8Array, fileName: string): DecodedText {
  for (let index = 0; index < bytes.length;) {
    const { width, message } = checkCharacter(bytes, index)
    if (message !== undefined) return cut(decodeValid(bytes.subarray(0, index)), message, fileName)
    index += width
  }
  return { text: decodeValid(bytes) }
}

function decodeValid(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** By number of bytes: the smallest code point that may be encoded so (a smaller one is an overlong encoding). */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000] as const

function checkCharacter(bytes: Uint8Array, index: number): { width: number; message?: string } {
  const first = bytes[index] ?? 0
  const width =
    first < 0x80
      ? 1
      : (first & 0xe0) === 0xc0
        ? 2
        : (first & 0xf0) === 0xe0
          ? 3
          : (first & 0xf8) === 0xf0
            ? 4
            : 0
  if (width === 0) return { width, message: `invalid leading UTF-8 octet (value: ${first})` }
  if (index + width > bytes.length) return { width, message: 'incomplete UTF-8 octet sequence' }
  let value = width === 1 ? first : first & (0x7f >> width)
  for (let offset = 1; offset < width; offset++) {
    const octet = bytes[index + offset] ?? 0
    if ((octet & 0xc0) !== 0x80) return { width, message: `invalid trailing UTF-8 octet (value: ${octet})` }
    value = (value << 6) | (octet & 0x3f)
  }
  if (value < (SMALLEST[width] ?? 0)) return { width, message: 'invalid length of a UTF-8 sequence' }
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    return { width, message: `invalid Unicode character (value: ${value})` }
  }
  return { width }
}

/** @param low index of the low byte in each pair of bytes */
function decodeUtf16(bytes: Uint8Array, low: 0 | 1, fileName: string): DecodedText {
  let text = String.fromCharCode(BYTE_ORDER_MARK)
  const unitAt = (index: number): number => (bytes[index + low] ?? 0) + ((bytes[index + 1 - low] ?? 0) << 8)
  for (let index = 2; index < bytes.length; index += 2) {
    if (index + 2 > bytes.length) return cut(text, 'incomplete UTF-16 character', fileName)
    const unit = unitAt(index)
    if ((unit & 0xfc00) === 0xdc00)
      return cut(text, `unexpected low surrogate area (value: ${unit})`, fileName)
    text += String.fromCharCode(unit)
    if ((unit & 0xfc00) !== 0xd800) continue
    if (index + 4 > bytes.length) return cut(text, 'incomplete UTF-16 surrogate pair', fileName)
    const second = unitAt(index + 2)
    if ((second & 0xfc00) !== 0xdc00)
      return cut(text, `expected low surrogate area (value: ${second})`, fileName)
    text += String.fromCharCode(second)
    index += 2
  }
  return { text }
}

function cut(text: string, message: string, fileName: string): DecodedText {
  const endFault = loadFault({ stage: 'reader', message, at: { line: 0, column: 0 } }, { fileName, text })
  return { text, endFault }
}
