import { isBlank, isBreak, TAB } from './characters.ts'
import type { Cursor } from './cursor.ts'

/**
 * Passes blanks and line breaks inside a scalar and returns the breaks, or '' when there was none.
 * `onIndentTab` is called at a tab in front of a line's text.
 */
export function passWhiteSpace(cursor: Cursor, onIndentTab?: () => void): string {
  let breaks = ''
  for (let code = cursor.code(); ; code = cursor.code()) {
    if (isBlank(code)) {
      if (code === TAB && breaks !== '') onIndentTab?.()
      cursor.passBlank()
    } else if (isBreak(code)) {
      breaks += cursor.passBreak()
    } else {
      return breaks
    }
  }
}

/** What line breaks mean: one is a space, more are one less. A line or paragraph separator is never folded. */
export function fold(breaks: string): string {
  if (!breaks.startsWith('\n')) return breaks
  return breaks.length === 1 ? ' ' : breaks.slice(1)
}
