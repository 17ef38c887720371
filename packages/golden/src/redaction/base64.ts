import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'

/**
 * Decodes base64 as strictly as Kubernetes: Go's encoding/json requires the standard alphabet with padding, and ignores
 * line breaks but not spaces. Undefined when the text is not valid base64.
 */
export function decodeBase64(text: string): Buffer | undefined {
  return isBase64(text) ? Buffer.from(text, 'base64') : undefined
}

/** Whether Kubernetes accepts a text as base64. */
export function isBase64(text: string): boolean {
  const bare = /[\r\n]/u.test(text) ? text.replace(/[\r\n]/gu, '') : text
  return bare.length % 4 === 0 && BASE64.test(bare)
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/u

/** Decodes UTF-8; undefined for other bytes, and for control characters that text files do not contain. */
export function asText(bytes: Buffer): string | undefined {
  return isText(bytes) ? bytes.toString('utf8') : undefined
}

function isText(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte < 0x20 && !CONTROLS_OF_TEXT.has(byte)) return false
  return isUtf8(bytes)
}

/** Tab, line feed, form feed, carriage return, escape. */
const CONTROLS_OF_TEXT: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b])

/** A range of a text, from `start` to before `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The shortest run to check: the manifest of a Secret is longer in base64. */
const MIN_LENGTH = 16

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** The six bits that each character of base64 encodes. */
const SEXTETS = new Uint8Array(256)
const IN_BASE64 = new Uint8Array(256)
for (let sextet = 0; sextet < ALPHABET.length; sextet++) {
  SEXTETS[ALPHABET.charCodeAt(sextet)] = sextet
  IN_BASE64[ALPHABET.charCodeAt(sextet)] = 1
}

/**
 * Every run of base64 that is long enough to be a text, on one line: the texts that `textsInBase64` and `encodedTexts` find are in
 * these. A character beyond Latin 1 can only add false matches.
 */
export function runsOfBase64(text: string): Span[] {
  // Reading bytes is several times as fast as reading characters.
  const bytes = Buffer.from(text, 'latin1')
  const runs: Span[] = []
  // Every run that is long enough covers one of these offsets. Checking every character would be too slow.
  for (let at = MIN_LENGTH - 1; at < bytes.length; at += MIN_LENGTH) {
    if (IN_BASE64[bytes[at] ?? 0] === 0) continue
    let start = at
    while (start > 0 && IN_BASE64[bytes[start - 1] ?? 0] === 1) start--
    let end = at + 1
    while (end < bytes.length && IN_BASE64[bytes[end] ?? 0] === 1) end++
    if (end - start >= MIN_LENGTH) runs.push({ start, end })
    while (at + MIN_LENGTH < end) at += MIN_LENGTH
  }
  return runs
}

/** The runs of base64 that start with encoded text. URLs and paths are in the alphabet, but decode to other bytes. */
export function* textsInBase64(text: string, runs: readonly Span[] = runsOfBase64(text)): Generator<Span> {
  for (const { start: first, end } of runs) {
    // In `\nQUJD` the n belongs to the escape.
    const start = text[first - 1] === '\\' ? first + 1 : first
    if (end - start < MIN_LENGTH) continue
    const probe = text.slice(start, start + PROBE)
    if (mayEncodeText(probe) && decodesToText(probe)) yield { start, end }
  }
}

/** Whether the three bytes that the first four characters encode could start a text: no other byte begins a character of UTF-8. */
function mayEncodeText(base64: string): boolean {
  const bits =
    (sextetAt(base64, 0) << 18) |
    (sextetAt(base64, 1) << 12) |
    (sextetAt(base64, 2) << 6) |
    sextetAt(base64, 3)
  for (let shift = 16; shift >= 0; shift -= 8) {
    const byte = (bits >> shift) & 0xff
    if (!beginsCharacter(byte)) return false
    if (byte >= 0x80) return true
  }
  return true
}

function sextetAt(base64: string, at: number): number {
  return SEXTETS[base64.charCodeAt(at) & 0xff] ?? 0
}

function beginsCharacter(byte: number): boolean {
  if (byte < 0x20) return CONTROLS_OF_TEXT.has(byte)
  return byte < 0x80 || (byte >= 0xc2 && byte <= 0xf4)
}

/** How many characters are decoded to distinguish text from other bytes. */
const PROBE = 32

/** A range of a text, and the text that it encodes. */
export interface EncodedText extends Span {
  readonly decoded: string
}

/** Every run of hexadecimal digits that encodes text, and every word with URL escapes. */
export function* encodedTexts(
  text: string,
  runs: readonly Span[] = runsOfBase64(text),
): Generator<EncodedText> {
  for (const { start, end } of wordsWithEscapes(text)) {
    const word = text.slice(start, end)
    const bytes = word.replace(/%([0-9a-f]{2})/giu, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    // A per cent sign alone is not an escape.
    if (bytes === word) continue
    yield { start, end, decoded: Buffer.from(bytes, 'latin1').toString('utf8') }
  }
  // The alphabet of base64 has all hexadecimal digits.
  for (const { start, end } of runs) {
    if (end - start < 2 * MIN_LENGTH) continue
    for (const { 0: digits, index } of text.slice(start, end).matchAll(HEXADECIMAL)) {
      const decoded = asText(Buffer.from(digits, 'hex'))
      if (decoded !== undefined) yield { start: start + index, end: start + index + digits.length, decoded }
    }
  }
}

const HEXADECIMAL = /(?:[0-9a-f]{2}){16,}/giu

/** Words with URL escapes, each ending at the next parameter, in one pass over the text. */
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

/** A range of a text that is base64, possibly wrapped over lines. */
export interface WrappedBase64 extends Span {
  /** The decoded text, up to the first byte that is not text. */
  readonly decoded: string
}

/** Decodes the base64 that begins with a run and continues after line ends, quotes and comment markers. */
export function unwrapBase64(text: string, run: Span): WrappedBase64 {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let decoded = ''
  let open = ''
  let end = run.start
  let part: string | undefined = text.slice(run.start, run.end)
  let piece: string | undefined = part
  // Decodes piece by piece, in one pass. A word that does not decode to text ends it.
  while (part !== undefined && piece !== undefined) {
    const base64: string = open + piece
    const whole = base64.length - (base64.length % 4)
    const more = decodePiece(decoder, base64.slice(0, whole))
    if (more === undefined) break
    decoded += more
    open = base64.slice(whole)
    end += part.length
    NEXT_PIECE.lastIndex = end
    ;[part, piece] = NEXT_PIECE.exec(text) ?? []
  }
  if (end === run.start) return { ...run, decoded: textBefore(text.slice(run.start, run.end)) }
  if (text.startsWith('=', end)) end += text.startsWith('==', end) ? 2 : 1
  return { start: run.start, end, decoded: decoded + textBefore(open) }
}

/** The text of a piece of base64; undefined when it is not text. */
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
 * The separator of two pieces of wrapped base64, and the next piece. Separators are white space, also escaped or after a backslash,
 * quotes and the operators that join strings, and comment markers.
 */
const NEXT_PIECE =
  /(?:[\s"'`,#]|\\+(?:[nrt"']|\r?\n)|(?<=[\s"'`]|\\[nrt])(?:[+.&]|\/\/)(?=[\s"'`\\]))+([A-Za-z0-9+/]+)/uy

/** Decodes base64 up to the first byte that is not text. */
function textBefore(base64: string): string {
  const [text = ''] = Buffer.from(base64, 'base64').toString('utf8').split(NO_TEXT, 1)
  return text
}

// eslint-disable-next-line no-control-regex -- the expression finds control characters
const NO_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\ufffd]/u

function decodesToText(run: string): boolean {
  const bytes = Buffer.from(run.slice(0, run.length - (run.length % 4)), 'base64')
  let end = bytes.length
  // The last character may be incomplete.
  while (end > bytes.length - 3 && (bytes[end - 1] ?? 0) >= 0x80) end--
  return isText(bytes.subarray(0, end))
}
