import { DOUBLE_QUOTE, LINE_FEED } from '../characters.ts'
import { spacesAt } from './line.ts'
import { Unread } from './unread.ts'

const DOUBLE = /"((?:[^"\\]|\\["\\nrtbf])*)"/y
const SINGLE = /'((?:[^']|'')*)'/y
const BREAKS = / *\n[ \n]*/g

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
  const form = isDouble ? DOUBLE : SINGLE
  form.lastIndex = offset
  const written = form.exec(text)?.[1]
  if (written === undefined) throw new Unread()
  const end = form.lastIndex
  const decode = isDouble ? decodeDouble : decodeSingle
  if (!written.includes('\n')) return { value: decode(written), end, breaks: 0 }
  const breaks = requireIndented(text, offset, end, outer)
  return { value: decode(written.replace(BREAKS, folded)), end, breaks }
}

/** Counts the line breaks, after each of which must be more than `outer` spaces, or nothing. */
function requireIndented(text: string, offset: number, end: number, outer: number): number {
  let count = 0
  for (let at = text.indexOf('\n', offset); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    count++
    const spaces = spacesAt(text, at + 1)
    if (spaces <= outer && text.charCodeAt(at + 1 + spaces) !== LINE_FEED) throw new Unread()
  }
  return count
}

/** What line breaks and the spaces around them mean: one break is a space, more are one less. */
function folded(breaks: string): string {
  const count = breaks.split('\n').length - 1
  return count === 1 ? ' ' : '\n'.repeat(count - 1)
}

function decodeSingle(written: string): string {
  return written.includes("''") ? written.replaceAll("''", "'") : written
}

function decodeDouble(written: string): string {
  if (!written.includes('\\')) return written
  return String(JSON.parse(`"${written.replaceAll('\n', String.raw`\n`)}"`))
}
