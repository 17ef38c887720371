import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'

/**
 * The bytes that base64 holds, as strict as Kubernetes: Go's encoding/json reads `data` by the standard alphabet with
 * padding and passes over line breaks, not over blanks. Undefined when the text is no such base64.
 */
export function decodeBase64(text: string): Buffer | undefined {
  return isBase64(text) ? Buffer.from(text, 'base64') : undefined
}

/** Whether Kubernetes takes a text for base64. */
export function isBase64(text: string): boolean {
  const bare = /[\r\n]/u.test(text) ? text.replace(/[\r\n]/gu, '') : text
  return bare.length % 4 === 0 && BASE64.test(bare)
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
    // In `\nQUJD` the n belongs to the line end.
    if (bytes[start - 1] === BACKSLASH) start++
    if (end - start >= SHORTEST && decodesToText(text.slice(start, start + PROBE))) yield { start, end }
    while (at + SHORTEST < end) at += SHORTEST
  }
}

const BACKSLASH = 0x5c
/** As many characters tell text from other bytes. */
const PROBE = 32

/** A part of a text, and the text that it is another form of. */
export interface EncodedText extends Span {
  readonly decoded: string
}

/** Every run of hexadecimal digits that holds a text, and every word with escapes as in a URL. */
export function* encodedTexts(text: string): Generator<EncodedText> {
  for (const { start, end } of wordsWithEscapes(text)) {
    const word = text.slice(start, end)
    const bytes = word.replace(/%([0-9a-f]{2})/giu, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    // A per cent sign alone is no escape.
    if (bytes === word) continue
    yield { start, end, decoded: Buffer.from(bytes, 'latin1').toString('utf8') }
  }
  for (const { 0: run, index: start } of text.matchAll(HEXADECIMAL)) {
    const decoded = asText(Buffer.from(run, 'hex'))
    if (decoded !== undefined) yield { start, end: start + run.length, decoded }
  }
}

const HEXADECIMAL = /(?:[0-9a-f]{2}){16,}/giu

/** Words from the name of a parameter to the next parameter, in one walk over the text. */
function* wordsWithEscapes(text: string): Generator<Span> {
  let before = 0
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', before)) {
    let start = at
    while (start > before && !/[\s"'`<>=,&]/u.test(text[start - 1] ?? '')) start--
    REST_OF_WORD.lastIndex = at
    const [rest = ''] = REST_OF_WORD.exec(text) ?? []
    const last = rest.lastIndexOf('%')
    const more = rest.slice(last).search(/['&]/u)
    before = at + rest.length
    yield { start, end: more < 0 ? before : at + last + more }
  }
}

const REST_OF_WORD = /[^\s"`<>]*/uy

/** A part of a text that is base64 of a text, which may be wrapped. */
export interface WrappedBase64 extends Span {
  /** The text, as far as it is one. */
  readonly decoded: string
}

/** The text in base64 that begins with this run and goes on over what a line end, quotes and marks of comments divide. */
export function unwrapBase64(text: string, run: Span): WrappedBase64 {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let decoded = ''
  let open = ''
  let end = run.start
  let part: string | undefined = text.slice(run.start, run.end)
  let piece: string | undefined = part
  // Each piece on its own, so that the whole costs one walk. A word that is no base64 does not go on with the text.
  while (part !== undefined && piece !== undefined) {
    const base64: string = open + piece
    const whole = base64.length - (base64.length % 4)
    const more = decodePiece(decoder, base64.slice(0, whole))
    if (more === undefined) break
    decoded += more
    open = base64.slice(whole)
    end += part.length
    DIVIDED.lastIndex = end
    ;[part, piece] = DIVIDED.exec(text) ?? []
  }
  if (end === run.start) return { ...run, decoded: textBefore(text.slice(run.start, run.end)) }
  if (text.startsWith('=', end)) end += text.startsWith('==', end) ? 2 : 1
  return { start: run.start, end, decoded: decoded + textBefore(open) }
}

/** The text of a piece of base64; undefined when it is none. */
function decodePiece(decoder: TextDecoder, base64: string): string | undefined {
  try {
    const text = decoder.decode(Buffer.from(base64, 'base64'), { stream: true })
    return NO_TEXT.test(text) ? undefined : text
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/**
 * What divides the pieces of a wrapped text, and the next piece: blanks and line ends, also escaped ones or after a backslash, quotes
 * and what joins them, and marks of comments.
 */
const DIVIDED =
  /(?:[\s"'`,#]|\\+(?:[nrt"']|\r?\n)|(?<=[\s"'`]|\\[nrt])(?:[+.&]|\/\/)(?=[\s"'`\\]))+([A-Za-z0-9+/]+)/uy

/** What base64 holds up to the first byte that is in no text. */
function textBefore(base64: string): string {
  const [text = ''] = Buffer.from(base64, 'base64').toString('utf8').split(NO_TEXT, 1)
  return text
}

// eslint-disable-next-line no-control-regex -- these are what is looked for
const NO_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\ufffd]/u

function decodesToText(run: string): boolean {
  const bytes = Buffer.from(run.slice(0, run.length - (run.length % 4)), 'base64')
  let end = bytes.length
  // The last character may be cut.
  while (end > bytes.length - 3 && (bytes[end - 1] ?? 0) >= 0x80) end--
  return isText(bytes.subarray(0, end))
}
