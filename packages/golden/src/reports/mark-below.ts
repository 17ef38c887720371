import type { ShownLine } from './shown-line.ts'

/** A line of carets below the line whose changed part they mark. */
export interface MarkLine {
  readonly kind: 'mark'
  readonly text: string
}

/** A line of a report that cannot count on colours. */
export type ReportLine = ShownLine | MarkLine

/** In a shorter line, the eye finds what changed. */
const SHORTEST_LINE = 20

/**
 * Lines with carets below what changed in them, for a reader without colours: below the new line, or below the old one
 * where the new one only lacks something. Lines that are wider than `width` are wrapped, and so left without.
 */
export function markBelow(
  lines: readonly ShownLine[],
  width: number = Number.POSITIVE_INFINITY,
): ReportLine[] {
  return lines.flatMap((line, index) => {
    const isMarked =
      line.changed !== undefined &&
      line.text.length >= SHORTEST_LINE &&
      line.text.length <= width &&
      (line.kind === 'added' || newLine(lines, index)?.changed === undefined)
    return isMarked ? [line, { kind: 'mark', text: carets(line) }] : [line]
  })
}

/** The new line of an old one: runs of old and new lines are of one length where a part of them is marked. */
function newLine(lines: readonly ShownLine[], index: number): ShownLine | undefined {
  let start = index
  while (lines[start - 1]?.kind === 'removed') start--
  let end = index
  while (lines[end]?.kind === 'removed') end++
  return lines[index + end - start]
}

function carets({ text, changed = { start: 0, end: 0 } }: ShownLine): string {
  const indent = characters(text.slice(0, changed.start)).map((character) =>
    character === '\t' ? '\t' : ' ',
  )
  return indent.join('') + '^'.repeat(characters(text.slice(changed.start, changed.end)).length)
}

function characters(text: string): string[] {
  return Array.from(text)
}
