import { HASH, LINE_FEED, SPACE } from '../characters.ts'
import { Unread } from './unread.ts'

/** How many spaces are at `offset`. */
export function spacesAt(text: string, offset: number): number {
  let end = offset
  while (text.charCodeAt(end) === SPACE) end++
  return end - offset
}

/** The offset of the line break, when spaces alone are before it, or a comment that may be passed; else -1. */
export function lineEndAt(text: string, offset: number, passesComments: boolean): number {
  const end = offset + spacesAt(text, offset)
  const code = text.charCodeAt(end)
  if (code === LINE_FEED) return end
  return passesComments && code === HASH && end > offset ? text.indexOf('\n', end) : -1
}

/** As `lineEndAt`, for what must be the end of a line. */
export function requireLineEnd(text: string, offset: number, passesComments: boolean): number {
  const end = lineEndAt(text, offset, passesComments)
  if (end < 0) throw new Unread()
  return end
}

/** `text` without the spaces at its end. Other white space is text. */
export function withoutSpaces(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === SPACE) end--
  return text.slice(0, end)
}
