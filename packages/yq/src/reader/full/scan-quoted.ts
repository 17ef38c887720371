import { Style } from '../../tree/node.ts'
import { BACKSLASH, DOUBLE_QUOTE, END, isBlank, isBreak } from '../characters.ts'
import type { Cursor, Mark } from './cursor.ts'
import { fold, skipWhiteSpace } from './fold.ts'
import { atDocumentMarker } from './scan-plain.ts'
import { ScannedToken, Token } from './token.ts'

const CONTEXT = 'while scanning a quoted scalar'

/** Scans a single-quoted or double-quoted scalar; the cursor is on the opening quote. */
export function scanQuoted(cursor: Cursor): ScannedToken {
  const start = cursor.mark()
  const quote = cursor.code()
  cursor.skip(1)
  let value = ''
  for (;;) {
    if (atDocumentMarker(cursor)) fail(cursor, start, 'found unexpected document indicator')
    if (cursor.code() === END) fail(cursor, start, 'found unexpected end of stream')
    value += scanRun(cursor, quote)
    const code = cursor.code()
    if (code === quote) {
      if (quote === DOUBLE_QUOTE || cursor.code(1) !== quote) break
      // `''` is an escaped quote.
      value += "'"
      cursor.skip(2)
    } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
      value += isBreak(cursor.code(1)) ? skipEscapedBreak(cursor) : scanEscape(cursor, start)
    } else if (code !== END) {
      value += fold(skipWhiteSpace(cursor))
    }
  }
  cursor.skip(1)
  const style = quote === DOUBLE_QUOTE ? Style.double : Style.single
  return new ScannedToken(Token.scalar, start, cursor.offset, value, style)
}

/** Scans characters that are neither escaped nor folded: up to a quote, a backslash, the end, or blanks that end the line. */
function scanRun(cursor: Cursor, quote: number): string {
  const { text, offset: from } = cursor
  let offset = from
  let lastText = from
  for (;;) {
    const code = text.charCodeAt(offset)
    if (code === quote || code === END || isBreak(code)) break
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) break
    offset++
    if (!isBlank(code)) lastText = offset
  }
  // Blanks before a break are folded with it.
  const end = isBreak(text.charCodeAt(offset)) ? lastText : offset
  if (lastText > from) cursor.skipTo(end)
  else cursor.offset = end
  return text.slice(from, end)
}

/** A backslash at the end of a line removes that break and the blanks after it; further breaks stay. */
function skipEscapedBreak(cursor: Cursor): string {
  cursor.skip(1)
  cursor.readBreak()
  return skipWhiteSpace(cursor)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}

/** Number of hexadecimal digits after `\x`, `\u` and `\U`. */
const NUMBERED: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function scanEscape(cursor: Cursor, start: Mark): string {
  const letter = String.fromCharCode(cursor.code(1))
  const plain = ESCAPES[letter]
  const length = NUMBERED[letter]
  if (plain === undefined && length === undefined) fail(cursor, start, 'found unknown escape character')
  cursor.skip(2)
  if (plain !== undefined || length === undefined) return plain ?? ''
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length)
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    fail(cursor, start, 'did not find expected hexadecimal number')
  }
  const value = Number.parseInt(digits, 16)
  // go-yaml rejects surrogates, also the pairs that JSON writes.
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    fail(cursor, start, 'found invalid Unicode character escape code')
  }
  cursor.skip(length)
  return String.fromCodePoint(value)
}

function fail(cursor: Cursor, start: Mark, message: string): never {
  return cursor.fail({ stage: 'scanner', message, at: cursor.mark(), context: CONTEXT, contextAt: start })
}
