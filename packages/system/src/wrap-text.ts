import { displayWidth } from './text-width.ts'

export interface WrapOptions {
  /** Columns before every line after the first. */
  readonly indent?: number
  /** What is never broken although it has blanks, such as a command to copy. With the flag `g`. */
  readonly unbroken?: RegExp | undefined
}

/**
 * A line of text as lines of at most `width` columns, broken at blanks. No word is broken: one that is too long, such as a
 * path, has a line of its own. The blanks that begin the text stay, and so does a text that fits.
 */
export function wrapToWidth(text: string, width: number, options: WrapOptions = {}): string[] {
  const margin = ' '.repeat(options.indent ?? 0)
  return lineRanges(text, width, options).map(
    ({ start, end }) => (start === 0 ? '' : margin) + text.slice(start, end),
  )
}

/** The part of a text that is one line: UTF-16 offsets. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Where the lines of `wrapToWidth` are in the text: for text whose parts have colours. */
export function lineRanges(
  text: string,
  width: number,
  { indent = 0, unbroken }: WrapOptions = {},
): LineRange[] {
  if (displayWidth(text) <= width) return [{ start: 0, end: text.length }]
  const ranges: LineRange[] = []
  let start = 0
  let end = 0
  let used = 0
  for (const word of wordsOf(text, unbroken)) {
    const columns = displayWidth(text.slice(end, word.end))
    if (end > start && used + columns > width) {
      ranges.push({ start, end })
      start = word.start
      used = indent + displayWidth(text.slice(word.start, word.end))
    } else used += columns
    end = word.end
  }
  return [...ranges, { start, end }]
}

/** Words and the blanks between them. The first word has the blanks that begin the text. */
function wordsOf(text: string, unbroken: RegExp | undefined): LineRange[] {
  const whole = unbroken === undefined ? [] : Array.from(text.matchAll(unbroken), rangeOf)
  const words: LineRange[] = []
  for (const word of Array.from(text.matchAll(/^\s*\S+|\S+/gu), rangeOf)) {
    const last = words.at(-1)
    const joins = whole.some(({ start, end }) => last !== undefined && start < last.end && word.start < end)
    if (last !== undefined && joins) words[words.length - 1] = { start: last.start, end: word.end }
    else words.push(word)
  }
  return words
}

function rangeOf({ index, 0: text }: RegExpMatchArray): LineRange {
  return { start: index ?? 0, end: (index ?? 0) + text.length }
}

/** Columns of the longest word of a text. */
export function longestWord(text: string): number {
  return Math.max(0, ...text.split(/\s+/u).map(displayWidth))
}
