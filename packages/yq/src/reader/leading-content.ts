/** yq replaces a document separator in leading content by this line. */
export const SEPARATOR_MARKER = '$yqDocSeparator$'

export interface SplitText {
  readonly leadingContent: string
  /** The YAML to parse. It can differ from the end of the text: see `joinedAt`. */
  readonly rest: string
  /** Offset in the text at which the first line of `rest` begins. */
  readonly restOffset: number
  /** Offset in `rest` at which a line break of the text was removed, or -1. */
  readonly joinedAt: number
}

/** With the white space of Go's regular expressions. */
const SEPARATOR_PREFIX = /^[\t\n\f\r ]*---[\t\n\f\r ]+/
const COMMENT_OR_VERSION = /^[\t\n\f\r ]*(?:#|%YAML)/
/**
 * Splits off the first lines of a file, which yq keeps from its YAML parser: comments, blank lines, `%YAML` and
 * separators. As in yq, a separator with text after it loses its line break, so that this text is joined to the
 * next line.
 */
export function splitLeadingContent(text: string): SplitText {
  let leadingContent = ''
  let remainder = ''
  let offset = 0
  for (;;) {
    const newline = text.indexOf('\n', offset)
    const next = newline < 0 ? text.length : newline + 1
    const raw = remainder + text.slice(offset, next)
    const line = withoutLineEnd(raw)
    const lineEnd = raw.slice(line.length)
    const trimmed = trim(line)
    const prefix = trimmed === '---' ? null : SEPARATOR_PREFIX.exec(line)
    if (trimmed === '---') {
      leadingContent += SEPARATOR_MARKER + lineEnd
    } else if (prefix !== null) {
      leadingContent += SEPARATOR_MARKER + (lineEnd === '' ? '\n' : lineEnd)
      remainder = line.slice(prefix[0].length)
      offset = next
      continue
    } else if (trimmed === '' || COMMENT_OR_VERSION.test(line)) {
      leadingContent += raw
    } else {
      return {
        leadingContent,
        rest: remainder + text.slice(offset),
        restOffset: offset - remainder.length,
        joinedAt: remainder === '' ? -1 : remainder.length,
      }
    }
    remainder = ''
    offset = next
    if (lineEnd === '') return { leadingContent, rest: '', restOffset: text.length, joinedAt: -1 }
  }
}

/** What Go's `strings.TrimSpace` removes: Unicode white space. JavaScript's `\s` has the byte order mark, too. */
const WHITE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u

function trim(line: string): string {
  let start = 0
  let end = line.length
  while (start < end && WHITE.test(line.charAt(start))) start++
  while (end > start && WHITE.test(line.charAt(end - 1))) end--
  return line.slice(start, end)
}

function withoutLineEnd(line: string): string {
  if (!line.endsWith('\n')) return line
  return line.slice(0, line.endsWith('\r\n') ? -2 : -1)
}
