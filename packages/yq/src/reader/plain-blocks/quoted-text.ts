import { DOUBLE_QUOTE, LINE_FEED } from '../characters.ts'
import { spacesAt, withoutSpaces } from './line.ts'
import { Unread } from './unread.ts'

/** The second quote of a scalar in double quotes, or a backslash before it. */
const QUOTE_OR_BACKSLASH = /["\\]/g
/** What JSON and go-yaml have after a backslash. */
const ESCAPED = '"\\nrtbf'

export interface QuotedText {
  readonly value: string
  /** The offset after the second quote. */
  readonly end: number
  /** How many line breaks it has. */
  readonly breaks: number
}

/**
 * Reads a scalar in quotes at `offset`. Lines after its first must have more than `outer` spaces.
 *
 * @throws Unread for escapes that JSON does not have
 */
export function readQuotedText(text: string, offset: number, outer: number): QuotedText {
  const isDouble = text.charCodeAt(offset) === DOUBLE_QUOTE
  const last = isDouble ? findDoubleQuote(text, offset + 1) : findSingleQuote(text, offset + 1)
  const written = text.slice(offset + 1, last)
  const decode = isDouble ? decodeDouble : decodeSingle
  if (!written.includes('\n')) return { value: decode(written), end: last + 1, breaks: 0 }
  const breaks = countIndented(text, offset, last, outer)
  return { value: decode(fold(written)), end: last + 1, breaks }
}

function findDoubleQuote(text: string, from: number): number {
  QUOTE_OR_BACKSLASH.lastIndex = from
  for (let found = QUOTE_OR_BACKSLASH.exec(text); found !== null; found = QUOTE_OR_BACKSLASH.exec(text)) {
    if (text.charCodeAt(found.index) === DOUBLE_QUOTE) return found.index
    if (!ESCAPED.includes(text.charAt(found.index + 1))) break
    QUOTE_OR_BACKSLASH.lastIndex = found.index + 2
  }
  throw new Unread()
}

function findSingleQuote(text: string, from: number): number {
  let last = text.indexOf("'", from)
  while (last >= 0 && text.startsWith("''", last)) last = text.indexOf("'", last + 2)
  if (last < 0) throw new Unread()
  return last
}

/** Counts the line breaks, after each of which must be more than `outer` spaces, or nothing. */
function countIndented(text: string, offset: number, last: number, outer: number): number {
  let count = 0
  for (let at = text.indexOf('\n', offset); at >= 0 && at < last; at = text.indexOf('\n', at + 1)) {
    count++
    const spaces = spacesAt(text, at + 1)
    if (spaces <= outer && text.charCodeAt(at + 1 + spaces) !== LINE_FEED) throw new Unread()
  }
  return count
}

/** Lines are joined without the spaces around their breaks: one break is a space, more are one less. */
function fold(written: string): string {
  let folded = ''
  let breaks = 0
  const lines = written.split('\n')
  for (const [index, line] of lines.entries()) {
    const isFirst = index === 0
    const isLast = index === lines.length - 1
    const rest = isFirst ? line : line.slice(spacesAt(line, 0))
    const part = isLast ? rest : withoutSpaces(rest)
    if (!isFirst) breaks++
    if (part === '' && !isLast) continue
    if (breaks > 0) folded += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
    folded += part
    breaks = 0
  }
  return folded
}

function decodeSingle(written: string): string {
  return written.includes("''") ? written.replaceAll("''", "'") : written
}

function decodeDouble(written: string): string {
  if (!written.includes('\\')) return written
  return String(JSON.parse(`"${written.replaceAll('\n', String.raw`\n`)}"`))
}
