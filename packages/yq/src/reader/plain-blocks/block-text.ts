import { spacesAt } from './line.ts'
import { Unread } from './unread.ts'

export interface BlockText {
  readonly value: string
  /** How many lines it has. */
  readonly lines: number
  /** The offset of the first line after it. */
  readonly next: number
}

/** How a literal or folded scalar is written. */
export interface BlockForm {
  /** Whether its lines are joined (`>`). */
  readonly isFolded: boolean
  /** Whether its last line break is left out (`-`). */
  readonly isStripped: boolean
}

/**
 * Reads the lines of a literal or folded scalar, the first of which is at `first`: to the first line that is further left than that.
 *
 * @throws Unread when the first line is empty, or has no more than `outer` spaces
 */
export function readBlockText(text: string, first: number, outer: number, form: BlockForm): BlockText {
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
  const value = form.isFolded ? fold(lines) : lines.join('\n')
  return { value: value + (form.isStripped ? '' : '\n'), lines: count, next }
}

/** Joins lines by spaces, except those that begin with one, and those around them; empty lines stay line breaks. */
function fold(lines: readonly string[]): string {
  let folded = ''
  let wasIndented = false
  let empty = 0
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      empty++
      continue
    }
    const isIndented = line.startsWith(' ')
    const isJoined = index > 0 && !wasIndented && !isIndented
    if (isJoined) folded += empty === 0 ? ' ' : ''
    else if (index > 0) folded += '\n'
    folded += '\n'.repeat(empty) + line
    wasIndented = isIndented
    empty = 0
  }
  return folded
}
