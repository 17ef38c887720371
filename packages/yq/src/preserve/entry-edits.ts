import type { Node } from '../tree/node.ts'
import type { Aligned } from './align.ts'
import { afterBreak, Block, lineStart, partsOf } from './block-lines.ts'
import type { Edit } from './edit.ts'
import { likeNeighbour, renderEntry, type TextStyle } from './neighbour-style.ts'
import { fingerprint } from './same-node.ts'
import type { Source } from './source.ts'

/** The edits that remove entries from a block; undefined when the block must be reprinted. */
export function deleteEntries(
  text: string,
  { entries }: Block,
  aligned: readonly Aligned[],
): Edit[] | undefined {
  const deleted = new Set(aligned.filter(({ after }) => after === undefined).map(({ before }) => before))
  if (deleted.size === 0) return []
  const kept = entries.filter((_, index) => !deleted.has(index))
  const [first] = entries
  const firstKept = kept[0]
  const lastKept = kept.at(-1)
  const last = entries.at(-1)
  if (first === undefined || last === undefined || firstKept === undefined || lastKept === undefined)
    return undefined
  const edits: Edit[] = []
  if (!first.startsLine && firstKept !== first) {
    // The first remaining entry moves up after the indicator of the enclosing entry.
    if (firstKept.start !== lineStart(text, firstKept.indicator)) return undefined
    edits.push({ start: first.indicator, end: firstKept.indicator, text: '' })
  }
  for (const [index, entry] of entries.entries()) {
    const isBeforeKept = entry.start < lastKept.start
    if (!deleted.has(index) || !isBeforeKept || (!first.startsLine && entry.start < firstKept.start)) continue
    edits.push({ start: entry.start, end: entry.end, text: '' })
  }
  // Blank lines before removed last entries are removed, too.
  if (last !== lastKept) edits.push({ start: afterBreak(text, lastKept.textEnd), end: last.end, text: '' })
  return edits
}

export interface Insertion {
  readonly text: string
  readonly block: Block
  readonly aligned: readonly Aligned[]
  /** The wanted collection. */
  readonly after: Node
  readonly style: TextStyle
  /** See `Edit`. */
  readonly depth: number
}

/** The edits that insert new entries into a block: before the next remaining one, or at the end. */
export function insertEntries(insertion: Insertion): Edit[] {
  const { block, aligned, after, style } = insertion
  const edits: Edit[] = []
  let next: number | undefined
  for (const { before, after: now } of aligned.toReversed()) {
    if (now === undefined) continue
    if (before !== undefined) {
      next = before
      continue
    }
    const nodes = withQuotesOfNeighbour(partsOf(after, now), after, now)
    edits.push(placeEntry(renderEntry(nodes, block.column, style), next, insertion))
  }
  return edits.toReversed()
}

function placeEntry(
  rendered: string,
  next: number | undefined,
  { text, block, style, depth }: Insertion,
): Edit {
  const entry = next === undefined ? undefined : block.entries[next]
  if (entry === undefined) return appendEntry(rendered, { text, block, style, depth })
  if (entry.startsLine) return { start: entry.start, end: entry.start, text: rendered + style.lineBreak }
  const { column } = block
  const pad = ' '.repeat(column)
  return {
    start: entry.indicator,
    end: entry.indicator,
    text: rendered.slice(column) + style.lineBreak + pad,
  }
}

function appendEntry(
  rendered: string,
  { text, block, style, depth }: Omit<Insertion, 'aligned' | 'after'>,
): Edit {
  const last = block.entries.at(-1)
  const end = last?.end ?? text.length
  // Without a blank line, the foot comment of the last entry would become the head comment of the new one.
  const gap = last?.hasFoot === true ? style.lineBreak : ''
  const isUnended = end === text.length && !text.endsWith('\n')
  const added = isUnended ? style.lineBreak + gap + rendered : gap + rendered + style.lineBreak
  return { start: end, end, text: added, depth }
}

/** New nodes with the quotes of the entry before them. */
function withQuotesOfNeighbour(nodes: readonly Node[], collection: Node, index: number): readonly Node[] {
  const previous = index > 0 ? partsOf(collection, index - 1) : []
  const [node, value] = nodes
  if (node === undefined) return nodes
  const first = likeNeighbour(node, previous[0])
  return value === undefined ? [first] : [first, value]
}

/**
 * The edit that moves the lines of entries whose order changed; undefined when the collection must be reprinted. Blank lines
 * between the entries stay where they are.
 */
export function reorderEntries(
  before: Node,
  after: Node,
  { text, indicators, style }: Source,
): Edit | undefined {
  const { entries, column } = new Block(text, before, indicators)
  const [first] = entries
  const last = entries.at(-1)
  if (first === undefined || last === undefined || !entries.every(({ startsLine }) => startsLine))
    return undefined
  const known = new Map(entries.map((entry, index) => [fingerprintEntry(partsOf(before, index)), entry]))
  const gaps = entries.map((entry, index) =>
    text.slice(afterBreak(text, entry.textEnd), entries[index + 1]?.start ?? entry.end),
  )
  let body = ''
  for (let index = 0; index * 2 < after.content.length; index++) {
    const nodes = partsOf(after, index)
    const entry = known.get(fingerprintEntry(nodes))
    const lines =
      entry === undefined ? renderEntry(nodes, column, style) : text.slice(entry.start, entry.textEnd)
    body += lines + style.lineBreak + (gaps[index] ?? '')
  }
  const end = afterBreak(text, last.textEnd)
  return {
    start: first.start,
    end,
    text: text.endsWith('\n') || end < text.length ? body : body.slice(0, -style.lineBreak.length),
  }
}

function fingerprintEntry(nodes: readonly Node[]): string {
  return nodes.map(fingerprint).join('')
}
