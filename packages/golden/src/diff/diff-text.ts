import { structuredPatch } from 'diff'

import type { Hunk, Line, TextChanged } from './change.ts'

/** With more edits than this, the diff is all old lines, then all new ones. */
const MAX_EDITS = 2000
const CONTEXT_LINES = 3

/** The line diff of two texts. */
export function diffText(
  before: string,
  after: string,
): Pick<TextChanged, 'hunks' | 'linesAdded' | 'linesRemoved'> {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: CONTEXT_LINES,
    maxEditLength: MAX_EDITS,
  })
  const hunks = patch === undefined ? [replacement(before, after)] : patch.hunks.map(toHunk)
  const count = (kind: Line['kind']): number =>
    hunks.reduce((total, { lines }) => total + lines.filter((line) => line.kind === kind).length, 0)
  return { hunks, linesAdded: count('added'), linesRemoved: count('removed') }
}

const LINE_KINDS: Readonly<Record<string, Line['kind']>> = { ' ': 'same', '-': 'removed', '+': 'added' }

function toHunk(hunk: { oldStart: number; newStart: number; lines: readonly string[] }): Hunk {
  const lines: Line[] = []
  for (const line of hunk.lines) {
    const kind = LINE_KINDS[line.slice(0, 1)]
    if (kind !== undefined) lines.push({ kind, text: line.slice(1) })
    else markMissingNewline(lines)
  }
  return { beforeStart: hunk.oldStart, afterStart: hunk.newStart, lines }
}

/** `\\ No newline at end of file` refers to the line before it. */
function markMissingNewline(lines: Line[]): void {
  const last = lines.pop()
  if (last !== undefined) lines.push({ ...last, text: `${last.text} (no newline at the end)` })
}

function replacement(before: string, after: string): Hunk {
  return { beforeStart: 1, afterStart: 1, lines: [...asLines(before, 'removed'), ...asLines(after, 'added')] }
}

function asLines(text: string, kind: Line['kind']): Line[] {
  const lines = text.replace(/\n$/u, '').split('\n')
  return lines.map((line) => ({ kind, text: line }))
}
