import { HASH, LINE_FEED, SPACE } from '../characters.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** Number of spaces at `offset`. */
export function spacesAt(text: string, offset: number): number {
  let end = offset
  while (text.charCodeAt(end) === SPACE) end++
  return end - offset
}

/** The offset of the line break if only spaces come before it, or with `skipsComments` a comment; else -1. */
export function lineEndAt(text: string, offset: number, skipsComments: boolean): number {
  const end = offset + spacesAt(text, offset)
  const code = text.charCodeAt(end)
  if (code === LINE_FEED) return end
  return skipsComments && code === HASH && end > offset ? text.indexOf('\n', end) : -1
}

/** As `lineEndAt`, but throws `NotPlainBlocks` when the line does not end there. */
export function requireLineEnd(text: string, offset: number, skipsComments: boolean): number {
  const end = lineEndAt(text, offset, skipsComments)
  if (end < 0) throw new NotPlainBlocks()
  return end
}

/** `text` without the spaces at its end. Keeps other white space. */
export function withoutSpaces(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === SPACE) end--
  return text.slice(0, end)
}
