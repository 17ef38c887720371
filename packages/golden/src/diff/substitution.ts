import { isAsciiText } from '@overlay-render/system'

/** The changed part of a text: `1` and `2` of `deck:v1` and `deck:v2`. */
export interface Substitution {
  readonly before: string
  readonly after: string
  /** How many characters before and after the part are the same. */
  readonly start: number
  readonly end: number
}

/** The part between the common prefix and the common suffix of two texts. */
export function substitution(before: string, after: string): Substitution {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  // Do not split surrogate pairs.
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end--
  return part(before, after, start, end)
}

/** Like `substitution`, extended to whole words: `v1` and `v2`. */
export function substitutedWords(before: string, after: string): Substitution {
  const found = substitution(before, after)
  let { start, end } = found
  while (start > 0 && isInWord(before[start - 1])) start--
  while (end > 0 && isInWord(before[before.length - end])) end--
  return part(before, after, start, end)
}

function isInWord(character = ''): boolean {
  return isAsciiText(character) ? /[\w.+-]/u.test(character) : /[\p{L}\p{N}]/u.test(character)
}

function part(before: string, after: string, start: number, end: number): Substitution {
  return {
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
    start,
    end,
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
