import { DOUBLE_QUOTE, LINE_FEED } from '../characters.ts'
import { spacesAt, withoutSpaces } from './line.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** The closing quote of a double-quoted scalar, or a backslash. */
const QUOTE_OR_BACKSLASH = /["\\]/g
/** What a backslash and a character mean. The full reader knows more of them. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  [' ', ' '],
])
/** An escaped space at the end of a line. */
const SPACE_AT_END = /\\ +\n/u

export interface QuotedText {
  readonly value: string
  /** The offset after the closing quote. */
  readonly end: number
  /** Number of line breaks. */
  readonly breaks: number
}

/**
 * Reads the quoted scalar at `offset`. All lines after the first must be indented more than `outer`.
 *
 * @throws NotPlainBlocks when it does not end, has less indentation, or a rare escape
 */
export function readQuotedText(text: string, offset: number, outer: number): QuotedText {
  const isDouble = text.charCodeAt(offset) === DOUBLE_QUOTE
  const last = isDouble ? findDoubleQuote(text, offset + 1) : findSingleQuote(text, offset + 1)
  const written = text.slice(offset + 1, last)
  const decode = isDouble ? decodeDouble : decodeSingle
  if (!written.includes('\n')) return { value: decode(written), end: last + 1, breaks: 0 }
  // The full reader keeps such a space. Here, all spaces at the end of a line are dropped.
  if (isDouble && SPACE_AT_END.test(written)) throw new NotPlainBlocks()
  const breaks = countIndented(text, offset, last, outer)
  return { value: decode(fold(written)), end: last + 1, breaks }
}

function findDoubleQuote(text: string, from: number): number {
  QUOTE_OR_BACKSLASH.lastIndex = from
  for (let found = QUOTE_OR_BACKSLASH.exec(text); found !== null; found = QUOTE_OR_BACKSLASH.exec(text)) {
    if (text.charCodeAt(found.index) === DOUBLE_QUOTE) return found.index
    if (!ESCAPES.has(text.charAt(found.index + 1))) break
    QUOTE_OR_BACKSLASH.lastIndex = found.index + 2
  }
  throw new NotPlainBlocks()
}

function findSingleQuote(text: string, from: number): number {
  let last = text.indexOf("'", from)
  while (last >= 0 && text.startsWith("''", last)) last = text.indexOf("'", last + 2)
  if (last < 0) throw new NotPlainBlocks()
  return last
}

/** Counts the line breaks. Each must be followed by a blank line or by more than `outer` spaces. */
function countIndented(text: string, offset: number, last: number, outer: number): number {
  let count = 0
  for (let at = text.indexOf('\n', offset); at >= 0 && at < last; at = text.indexOf('\n', at + 1)) {
    count++
    const spaces = spacesAt(text, at + 1)
    if (spaces <= outer && text.charCodeAt(at + 1 + spaces) !== LINE_FEED) throw new NotPlainBlocks()
  }
  return count
}

/** Joins lines without the spaces around their breaks: one break becomes a space, n become n - 1. */
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
  return written.replaceAll(/\\(.)/gu, (_, character: string) => ESCAPES.get(character) ?? '')
}
