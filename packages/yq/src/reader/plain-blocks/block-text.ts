import { spacesAt } from './line.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

export interface BlockText {
  readonly value: string
  /** Number of lines, including blank ones at the end. */
  readonly lines: number
  /** The offset of the first line after it. */
  readonly next: number
}

/** The header of a literal or folded scalar. */
export interface BlockForm {
  /** `>`: its lines are joined. */
  readonly isFolded: boolean
  /** `-`: its last line break is dropped. */
  readonly isStripped: boolean
}

/**
 * Reads the lines of a literal or folded scalar, up to the first line that is indented less than the first one.
 *
 * @param first offset of the first line
 * @param outer indentation of the enclosing collection, in spaces
 * @throws NotPlainBlocks when the first line is blank, or not indented more than `outer`
 */
export function readBlockText(text: string, first: number, outer: number, form: BlockForm): BlockText {
  const indent = spacesAt(text, first)
  if (indent <= outer || first >= text.length || text[first + indent] === '\n') throw new NotPlainBlocks()
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

/** Joins lines by spaces, except at lines that begin with a space; blank lines become line breaks. */
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
