import { substitution } from '../diff/substitution.ts'
import type { ShownLine } from './shown-line.ts'

/** A longer line is shortened to its changed part with some context. */
const MAX_LINE_LENGTH = 400
const CONTEXT = 80
/** A longer changed part is shortened to its start and end. */
const MAX_PART_LENGTH = 240

/** Marks the changed part of each pair of old and new lines, and shortens long lines. */
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
  // When nearly everything changed, a mark is useless.
  const isUseful = start + end > Math.min(old.text.length, fresh.text.length) / 4
  const mark = (line: ShownLine, length: number): ShownLine =>
    cut(line, start, start + length, isUseful && length > 0)
  return [mark(old, before.length), mark(fresh, after.length)]
}

function cut(line: ShownLine, start: number, end: number, mark = false): ShownLine {
  const { text } = line
  if (text.length <= MAX_LINE_LENGTH) return mark ? { ...line, changed: { start, end } } : line
  const from = start <= CONTEXT ? 0 : start - CONTEXT
  const to = text.length - end <= CONTEXT ? text.length : end + CONTEXT
  const part = text.slice(start, end)
  const middle =
    part.length <= MAX_PART_LENGTH
      ? part
      : `${part.slice(0, MAX_PART_LENGTH / 2)} … ${part.length - MAX_PART_LENGTH} characters … ${part.slice(-MAX_PART_LENGTH / 2)}`
  const head = `${from > 0 ? '… ' : ''}${text.slice(from, start)}`
  const tail = `${text.slice(end, to)}${to < text.length ? ' …' : ''}`
  const changed = mark ? { changed: { start: head.length, end: head.length + middle.length } } : {}
  return { ...line, text: head + middle + tail, ...changed }
}
