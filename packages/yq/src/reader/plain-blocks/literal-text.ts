import { spacesAt } from './line.ts'
import { Unread } from './unread.ts'

export interface LiteralText {
  readonly value: string
  /** How many lines it has. */
  readonly lines: number
  /** The offset of the first line after it. */
  readonly next: number
}

/**
 * Reads the lines of a literal scalar, the first of which is at `first`: to the first line that is further left than that.
 *
 * @throws Unread when the first line is empty, or has no more than `outer` spaces
 */
export function readLiteralText(
  text: string,
  first: number,
  outer: number,
  isStripped: boolean,
): LiteralText {
  const indent = spacesAt(text, first)
  if (indent <= outer || first >= text.length || text[first + indent] === '\n') throw new Unread()
  const lines: string[] = []
  let next = first
  let count = 0
  while (next < text.length) {
    const end = text.indexOf('\n', next)
    const spaces = spacesAt(text, next)
    if (spaces < indent && next + spaces < end) break
    lines.push(text.slice(next + indent, end))
    next = end + 1
    count++
  }
  while (lines.at(-1) === '') lines.pop()
  return { value: lines.join('\n') + (isStripped ? '' : '\n'), lines: count, next }
}
