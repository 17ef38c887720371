import type { Node } from '../tree/node.ts'
import { type Aligned, alignEntries } from './align.ts'
import type { Edit } from './edit.ts'
import { likeNeighbour, renderInline } from './neighbour-style.ts'
import type { Source } from './source.ts'
import { fingerprint, hasSameSpelling } from './same-node.ts'

/**
 * The edits inside a flow collection; undefined when a comment in it changed, so that it must be reprinted.
 */
export function planFlow(before: Node, after: Node, source: Source): Edit[] | undefined {
  const edits: Edit[] = []
  const open: [Node, Node][] = [[before, after]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const planned = planPart(pair[0], pair[1], source, open)
    if (planned === undefined) return undefined
    edits.push(...planned)
  }
  return edits
}

function planPart(before: Node, after: Node, source: Source, open: [Node, Node][]): Edit[] | undefined {
  if (!hasSameCommentsAround(before, after)) return undefined
  const isOpen = before.content.length > 0 && after.content.length > 0
  if (isOpen && hasSameSpelling(before, after)) return planContent(before, after, source, open)
  if (fingerprint(before) === fingerprint(after)) return []
  return replace(before, after, source)
}

function hasSameCommentsAround(before: Node, after: Node): boolean {
  return (
    before.headComment === after.headComment &&
    before.lineComment === after.lineComment &&
    before.footComment === after.footComment
  )
}

function replace(before: Node, after: Node, source: Source): Edit[] | undefined {
  const rendered = renderInline(after, 'flow', 0, source.style)
  if (rendered === undefined || rendered.includes('\n')) return undefined
  return [{ start: before.start, end: before.end, text: rendered }]
}

function planContent(before: Node, after: Node, source: Source, open: [Node, Node][]): Edit[] | undefined {
  const aligned = alignEntries(before, after)
  const step = before.kind === 'mapping' ? 2 : 1
  const kept = aligned?.filter(({ before: old, after: now }) => old !== undefined && now !== undefined)
  if (aligned === undefined || kept === undefined || kept.length === 0) return replace(before, after, source)
  for (const { before: old = 0, after: now = 0 } of kept) {
    for (let part = 0; part < step; part++) {
      const oldPart = before.content[old * step + part]
      const newPart = after.content[now * step + part]
      if (oldPart !== undefined && newPart !== undefined) open.push([oldPart, newPart])
    }
  }
  if (aligned.length === kept.length) return []
  const added = aligned.findIndex(({ before: old }) => old === undefined)
  if (added >= 0 && aligned.slice(added).some(({ before: old }) => old !== undefined))
    return replace(before, after, source)
  const removed = remove(before, aligned, source)
  const appended = added < 0 ? [] : append(before, after, kept.length, source)
  return removed === undefined || appended === undefined
    ? replace(before, after, source)
    : [...removed, ...appended]
}

/** Removes parts, each with the comma after it, or at the end with the comma before it. */
function remove(before: Node, aligned: readonly Aligned[], { text }: Source): Edit[] | undefined {
  const step = before.kind === 'mapping' ? 2 : 1
  const edits: Edit[] = []
  const kept = aligned.filter(({ after }) => after !== undefined).map(({ before: old = -1 }) => old)
  const lastKept = Math.max(...kept)
  for (const { before: old, after } of aligned) {
    if (old === undefined || after !== undefined) continue
    const first = before.content[old * step]
    const last = before.content[old * step + step - 1]
    const next = before.content[(old + 1) * step]
    const previous = before.content[old * step - 1]
    if (first === undefined || last === undefined) return undefined
    const range =
      old < lastKept
        ? { start: first.start, end: next?.start ?? last.end }
        : { start: previous?.end ?? first.start, end: last.end }
    if (text.slice(range.start, range.end).includes('#')) return undefined
    edits.push({ ...range, text: '' })
  }
  return edits
}

/** Appends new parts, separated like the last two old ones. */
function append(before: Node, after: Node, count: number, { text, style }: Source): Edit[] | undefined {
  const step = before.kind === 'mapping' ? 2 : 1
  const last = before.content.at(-1)
  const lastStart = before.content.at(-step)
  const previous = before.content.at(-step - 1)
  if (last === undefined || lastStart === undefined) return undefined
  const between = previous === undefined ? ', ' : text.slice(previous.end, lastStart.start)
  if (!/^\s*,\s*$/.test(between)) return undefined
  let added = ''
  for (let index = count * step; index < after.content.length; index += step) {
    const parts = after.content.slice(index, index + step)
    const rendered = parts.map((part, at) => {
      const neighbour = before.content.at(at - step)
      return renderInline(likeNeighbour(part, neighbour), 'flow', 0, style)
    })
    if (rendered.some((part) => part === undefined || part.includes('\n'))) return undefined
    added += between + rendered.join(': ')
  }
  return [{ start: last.end, end: last.end, text: added }]
}
