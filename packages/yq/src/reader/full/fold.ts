import { isBlank, isBreak, TAB } from '../characters.ts'
import type { Cursor } from './cursor.ts'

/**
 * Skips blanks and line breaks inside a scalar. Returns the breaks, '' for none.
 *
 * @param onIndentTab called at each tab in the indentation of a line
 */
export function skipWhiteSpace(cursor: Cursor, onIndentTab?: () => void): string {
  let breaks = ''
  for (let code = cursor.code(); ; code = cursor.code()) {
    if (isBlank(code)) {
      if (code === TAB && breaks !== '') onIndentTab?.()
      cursor.skipBlank()
    } else if (isBreak(code)) {
      breaks += cursor.readBreak()
    } else {
      return breaks
    }
  }
}

/** Folds line breaks: one becomes a space, n become n - 1. A line or paragraph separator is never folded. */
export function fold(breaks: string): string {
  if (!breaks.startsWith('\n')) return breaks
  return breaks.length === 1 ? ' ' : breaks.slice(1)
}
