import stringWidth from 'string-width'

/** Texts of characters that take one column each: Latin letters, and the signs that reports write. */
const NARROW = /^[ -~¡-¬®-ɏ–—‘’“”…→]*$/u

/** Columns of a terminal that a text takes: two for a wide character, none for colours and combining marks. */
export function displayWidth(text: string): number {
  // The table of emoji that string-width asks takes longer to make than most reports.
  return NARROW.test(text) ? text.length : stringWidth(text)
}

/** The text with blanks after it, up to `width` columns. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** The beginning and the end of a text that takes more than `width` columns. */
export function shortenToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const characters = Array.from(text)
  const tail = Math.floor((width - 1) / 2)
  const end = characters.slice(characters.length - fitting(characters.toReversed(), tail))
  return `${characters.slice(0, fitting(characters, width - 1 - tail)).join('')}…${end.join('')}`
}

/** How many of the first characters fit. */
function fitting(characters: readonly string[], width: number): number {
  let used = 0
  let count = 0
  for (const character of characters) {
    used += displayWidth(character)
    if (used > width) break
    count += 1
  }
  return count
}

/** Where a text may be broken: after blanks, and after the slash of a path. */
const PIECES = /[^\s/]*(?:\/|\s+|$)/gu

/** The parts of a text that are never broken. */
export function wordsOf(text: string): string[] {
  return (text.match(PIECES) ?? []).filter((piece) => piece !== '')
}

/** A text as lines of at most `width` columns. No word is broken: one that is too long has a line of its own. */
export function wrapToWidth(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of wordsOf(text)) {
    if (line !== '' && displayWidth((line + word).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = word
    } else line += word
  }
  return [...lines, line.trimEnd()]
}
