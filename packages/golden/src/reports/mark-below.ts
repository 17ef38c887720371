import type { ShownLine } from './shown-line.ts'

/** A line of carets below the changed part of a line. */
export interface MarkLine {
  readonly kind: 'mark'
  readonly text: string
}

/** A line of a report without colours. */
export type ReportLine = ShownLine | MarkLine

/** Shorter lines are not marked: the change is easy to see. */
const MIN_LINE_LENGTH = 20

/**
 * Adds carets below changed parts, for reports without colours: below the new line, or below the old one if text was only
 * removed. Lines wider than `width` will be wrapped, so they are not marked.
 */
export function markBelow(
  lines: readonly ShownLine[],
  width: number = Number.POSITIVE_INFINITY,
): ReportLine[] {
  return lines.flatMap((line, index) => {
    const isMarked =
      line.changed !== undefined &&
      line.text.length >= MIN_LINE_LENGTH &&
      line.text.length <= width &&
      (line.kind === 'added' || newLine(lines, index)?.changed === undefined)
    return isMarked ? [line, { kind: 'mark', text: carets(line) }] : [line]
  })
}

/** The new line for an old one. Marked runs of old and new lines have the same length. */
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
