import { substitution } from '../diff/substitution.ts'
import type { ShownLine } from './shown-line.ts'

/** A longer line is cut to what changed in it, and what is around that. */
const LONGEST_LINE = 400
const CONTEXT = 80
/** Of a changed part that is longer, the beginning and the end are shown. */
const LONGEST_PART = 240

/** Lines with the changed part of each marked, where an old line has its new one, and long lines cut. */
export function markLines(lines: readonly ShownLine[]): ShownLine[] {
  const marked: ShownLine[] = []
  for (let at = 0; at < lines.length;) {
    const removed = runOf(lines, at, 'removed')
    const added = runOf(lines, at + removed.length, 'added')
    if (removed.length === 0 || removed.length !== added.length) {
      const [line] = lines.slice(at, at + 1)
      const run = removed.length > 0 ? [...removed, ...added] : line === undefined ? [] : [line]
      marked.push(...run.map((item) => cut(item, 0, item.text.length)))
      at += run.length
      continue
    }
    const pairs = removed.map((old, index) => markPair(old, added[index] ?? old))
    marked.push(...pairs.map(([old]) => old), ...pairs.map(([, fresh]) => fresh))
    at += 2 * removed.length
  }
  return marked
}

function runOf(lines: readonly ShownLine[], start: number, kind: ShownLine['kind']): ShownLine[] {
  let end = start
  while (lines[end]?.kind === kind) end++
  return lines.slice(start, end)
}

function markPair(old: ShownLine, fresh: ShownLine): [ShownLine, ShownLine] {
  const { before, after, start, end } = substitution(old.text, fresh.text)
  // Where nearly everything changed, a mark says nothing.
  const telling = start + end > Math.min(old.text.length, fresh.text.length) / 4
  const mark = (line: ShownLine, length: number): ShownLine =>
    cut(line, start, start + length, telling && length > 0)
  return [mark(old, before.length), mark(fresh, after.length)]
}

function cut(line: ShownLine, start: number, end: number, mark = false): ShownLine {
  const { text } = line
  if (text.length <= LONGEST_LINE) return mark ? { ...line, changed: { start, end } } : line
  const from = start <= CONTEXT ? 0 : start - CONTEXT
  const to = text.length - end <= CONTEXT ? text.length : end + CONTEXT
  const part = text.slice(start, end)
  const middle =
    part.length <= LONGEST_PART
      ? part
      : `${part.slice(0, LONGEST_PART / 2)} … ${part.length - LONGEST_PART} characters … ${part.slice(-LONGEST_PART / 2)}`
  const head = `${from > 0 ? '… ' : ''}${text.slice(from, start)}`
  const tail = `${text.slice(end, to)}${to < text.length ? ' …' : ''}`
  const changed = mark ? { changed: { start: head.length, end: head.length + middle.length } } : {}
  return { ...line, text: head + middle + tail, ...changed }
}
