import type { Range } from './block-lines.ts'

/** Replaces a range with a text. */
export interface Edit extends Range {
  readonly text: string
  /** Nesting depth: of edits at the same offset, deeper ones come first. 0 when absent. */
  readonly depth?: number
}

/** Applies edits, which may be adjacent but not overlap. Edits at the same offset and depth keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  const byPlace = (a: Edit, b: Edit): number =>
    a.start - b.start || a.end - b.end || (b.depth ?? 0) - (a.depth ?? 0)
  for (const edit of edits.toSorted(byPlace)) {
    // Of two overlapping edits the outer one wins, which starts first.
    if (edit.start < from) continue
    result += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + text.slice(from)
}
