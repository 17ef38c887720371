import { type Node, Style } from '../tree/node.ts'
import { afterBreak, endOfText, type EntryLines, lineEnd, lineStart } from './block-lines.ts'
import type { Edit } from './edit.ts'
import { renderInline, type Spot } from './neighbour-style.ts'
import { printedComment } from './same-node.ts'
import type { Source } from './source.ts'

/**
 * The edit that changes the text of a scalar or alias; undefined when its entry must be reprinted.
 *
 * @param column of the block that contains it
 */
export function replaceLeaf(
  before: Node,
  after: Node,
  spot: Spot,
  column: number,
  { text, style }: Source,
): Edit | undefined {
  const rendered = renderInline(after, spot, column, style)
  if (rendered === undefined) return undefined
  const end = endOfText(text, before)
  let start = before.start
  // An empty value has no blank after its indicator.
  const isEmpty = start === end
  if (rendered === '') while (/[ \t]/.test(text.charAt(start - 1))) start--
  const isBlock =
    /[\n]/.test(rendered) || ((before.style | after.style) & (Style.literal | Style.folded)) !== 0
  // Nothing can follow a block scalar on its line.
  if (isBlock && text.slice(end, lineEnd(text, end)).trim() !== '') return undefined
  return { start, end, text: isEmpty && spot !== 'key' ? ` ${rendered}` : rendered }
}

/**
 * The edit that adds, changes or removes the comment between `from` and the end of its line; undefined when other text is
 * there, or the comment has several lines.
 */
export function replaceLineComment(text: string, from: number, comment: string): Edit | undefined {
  const end = lineEnd(text, from)
  const rest = /^([ \t]*)(#.*)?$/.exec(text.slice(from, end))
  if (rest === null || comment.includes('\n')) return undefined
  const [, blanks = '', old] = rest
  const gap = comment === '' ? '' : old === undefined ? ' ' : blanks
  return { start: from, end, text: gap + printedComment(comment) }
}

/** The edit that adds a foot comment below an entry that starts its line and has none. */
export function insertFootComment(
  comment: string,
  entry: EntryLines,
  column: number,
  { text, style }: Source,
): Edit {
  const offset = afterBreak(text, entry.textEnd)
  const lines = indentComment(comment, column, style.lineBreak)
  // Without a blank line, it would be the head comment of the next entry.
  const isApart =
    offset >= text.length || /^[ \t]*(?:\r?\n|$)/.test(text.slice(offset, lineEnd(text, offset) + 1))
  const opens = offset > 0 && !text.slice(0, offset).endsWith('\n') ? style.lineBreak : ''
  return { start: offset, end: offset, text: opens + lines + (isApart ? '' : style.lineBreak) }
}

/** The edit that adds, changes or removes the head comment of an entry that starts its line. */
export function replaceHeadComment(
  comment: string,
  entry: EntryLines,
  column: number,
  { text, style }: Source,
): Edit {
  const lines = comment === '' ? '' : indentComment(comment, column, style.lineBreak)
  return { start: entry.start, end: lineStart(text, entry.indicator), text: lines }
}

function indentComment(comment: string, column: number, lineBreak: string): string {
  const pad = ' '.repeat(column)
  const lines = printedComment(comment).split('\n')
  return lines.map((line) => (line === '' ? '' : pad + line) + lineBreak).join('')
}
