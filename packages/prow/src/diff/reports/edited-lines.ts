import type { ShownLine } from '@overlay-render/golden'
import { diffWordsWithSpace } from 'diff'

/** A part of a line that is unchanged, removed or added. */
export interface LinePart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** A line of a report, possibly with changed words. */
export type ReportLine = ShownLine | { readonly kind: 'edited'; readonly parts: readonly LinePart[] }

/** With a lower share of unchanged characters, two lines are shown one after the other. */
const LEAST_SHARED = 0.4

/** Joins a removed and an added line into one line with the changed words, if most of the line is unchanged. */
export function editedLines(lines: readonly ShownLine[]): ReportLine[] {
  const result: ReportLine[] = []
  for (let index = 0; index < lines.length;) {
    const removed = run(lines, index, 'removed')
    const added = run(lines, index + removed.length, 'added')
    if (removed.length === 0) {
      const line = lines[index]
      if (line !== undefined) result.push(line)
      index++
      continue
    }
    result.push(...joinRuns(removed, added))
    index += removed.length + added.length
  }
  return result
}

function run(lines: readonly ShownLine[], start: number, kind: ShownLine['kind']): ShownLine[] {
  const found: ShownLine[] = []
  for (let index = start; lines[index]?.kind === kind; index++) {
    const line = lines[index]
    if (line !== undefined) found.push(line)
  }
  return found
}

function joinRuns(removed: readonly ShownLine[], added: readonly ShownLine[]): ReportLine[] {
  if (removed.length !== added.length) return [...removed, ...added]
  const joined: ReportLine[] = []
  let [old, fresh]: [ShownLine[], ShownLine[]] = [[], []]
  for (const [index, line] of removed.entries()) {
    const other = added[index]
    const parts = other === undefined ? undefined : partsOf(line.text, other.text)
    if (parts === undefined) {
      old.push(line)
      if (other !== undefined) fresh.push(other)
      continue
    }
    joined.push(...old, ...fresh, { kind: 'edited', parts })
    ;[old, fresh] = [[], []]
  }
  return [...joined, ...old, ...fresh]
}

function partsOf(before: string, after: string): LinePart[] | undefined {
  const words = diffWordsWithSpace(before, after, { maxEditLength: 200 })
  if (words === undefined) return undefined
  const shared = words
    .filter(({ added, removed }) => !added && !removed)
    .reduce((total, { value }) => total + value.trim().length, 0)
  if (shared < LEAST_SHARED * Math.max(before.trim().length, after.trim().length)) return undefined
  return words.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

/** A line as text, with changed words as in `git diff --word-diff`: `[-old-]{+new+}`. */
export function lineText(line: ReportLine): string {
  if (line.kind !== 'edited') return line.text
  return line.parts
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('')
}
