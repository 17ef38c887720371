import { printBody } from '../printer/print.ts'
import type { Node } from '../tree/node.ts'
import { afterBreak, endOfText, lineEnd, lineStart } from './block-lines.ts'
import type { Edit } from './edit.ts'
import type { TextStyle } from './neighbour-style.ts'

/** A separator, or the end of a document, at the start of a line. */
const MARKER = /^(?:---|\.\.\.)(?=\s|$)/m

/**
 * The edit that reprints one document, between its separators. Undefined when it begins on the line of its separator.
 */
export function documentEdit(
  text: string,
  roots: readonly Node[],
  index: number,
  after: Node,
  style: TextStyle,
): Edit | undefined {
  const root = roots[index]
  if (root === undefined) return undefined
  const previous = roots[index - 1]
  const start =
    previous === undefined ? lineStart(text, 0) : afterSeparator(text, endOfText(text, previous), root.start)
  if (start === undefined) return undefined
  const end = firstMarker(text, Math.max(endOfText(text, root), start), text.length) ?? text.length
  const printed = printBody(after, { ...style, unwrapScalar: false })
  return { start, end, text: printed.replaceAll('\n', style.lineBreak) }
}

/** The offset after the line of the last separator between two offsets. */
function afterSeparator(text: string, from: number, to: number): number | undefined {
  let found: number | undefined
  for (
    let marker = firstMarker(text, from, to);
    marker !== undefined;
    marker = firstMarker(text, marker + 1, to)
  ) {
    found = marker
  }
  if (found === undefined || text.slice(found + 3, lineEnd(text, found)).trim() !== '') return undefined
  return afterBreak(text, found)
}

function firstMarker(text: string, from: number, to: number): number | undefined {
  const begin = from === 0 || text.charAt(from - 1) === '\n' ? from : afterBreak(text, from)
  const found = text.slice(begin, to).search(MARKER)
  return found < 0 ? undefined : begin + found
}
