import { isUtf8 } from 'node:buffer'

/**
 * The bytes that base64 holds, as strict as Kubernetes: Go's encoding/json reads `data` by the standard alphabet with
 * padding and passes over line breaks, not over blanks. Undefined when the text is no such base64.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bare = /[\r\n]/u.test(text) ? text.replace(/[\r\n]/gu, '') : text
  return bare.length % 4 === 0 && BASE64.test(bare) ? Buffer.from(bare, 'base64') : undefined
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/u

/** Bytes as text; undefined when they are no UTF-8, or hold control characters that no text file has. */
export function asText(bytes: Buffer): string | undefined {
  return isText(bytes) ? bytes.toString('utf8') : undefined
}

function isText(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte < 0x20 && !CONTROLS_OF_TEXT.has(byte)) return false
  return isUtf8(bytes)
}

/** Tab, line feed, form feed, carriage return, escape. */
const CONTROLS_OF_TEXT: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b])

/** A part of a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The length of a run that is looked at: no manifest of a Secret is shorter in base64. */
const SHORTEST = 16
const IN_ALPHABET = Uint8Array.from({ length: 256 }, (_, code) =>
  /[A-Za-z0-9+/]/u.test(String.fromCharCode(code)) ? 1 : 0,
)

/** Every run of base64 on one line whose beginning decodes to text. Addresses and paths are such runs, but no text. */
export function* textsInBase64(text: string): Generator<Span> {
  // Bytes are read several times as fast as characters. A character beyond Latin 1 may only look like one in base64.
  const bytes = Buffer.from(text, 'latin1')
  // A run covers one of these places. Looking at each character instead would cost more than the whole comparison.
  for (let at = SHORTEST - 1; at < bytes.length; at += SHORTEST) {
    if (IN_ALPHABET[bytes[at] ?? 0] === 0) continue
    let start = at
    while (start > 0 && IN_ALPHABET[bytes[start - 1] ?? 0] === 1) start--
    let end = at + 1
    while (end < bytes.length && IN_ALPHABET[bytes[end] ?? 0] === 1) end++
    if (end - start >= SHORTEST && decodesToText(text.slice(start, start + PROBE))) yield { start, end }
    while (at + SHORTEST < end) at += SHORTEST
  }
}

/** As many characters tell text from other bytes. */
const PROBE = 32

function decodesToText(run: string): boolean {
  const bytes = Buffer.from(run.slice(0, run.length - (run.length % 4)), 'base64')
  let end = bytes.length
  // The last character may be cut.
  while (end > bytes.length - 3 && (bytes[end - 1] ?? 0) >= 0x80) end--
  return isText(bytes.subarray(0, end))
}
