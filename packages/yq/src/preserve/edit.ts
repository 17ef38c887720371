import type { Range } from './block-lines.ts'

/** Text that takes the place of a range. */
export interface Edit extends Range {
  readonly text: string
}

/** Applies edits, which may touch each other but not overlap. Those at one place stay in their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    // Of two edits of the same text the outer one, which begins first, wins.
    if (edit.start < from) continue
    result += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + text.slice(from)
}
