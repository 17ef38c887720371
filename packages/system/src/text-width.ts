import { stripVTControlCharacters } from 'node:util'

import { eastAsianWidth } from 'get-east-asian-width'

/** Texts of characters that take one column each: Latin letters, dashes, quotes, the ellipsis, arrows, box drawing. */
const NARROW = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u21FF\u2500-\u257F]*$/u
const JOINER = '\u200D'

/** Columns of a terminal that a text takes: two for a wide character, none for colours and combining marks. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length
  let width = 0
  let isJoined = false
  for (const character of stripVTControlCharacters(text)) {
    if (!isJoined && !takesNoColumn(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0)
    // A family of emoji is drawn as one.
    isJoined = character === JOINER
  }
  return width
}

/**
 * Whether it is a mark that is drawn onto the character before, joins others, or is a skin tone. The expression is made when the first
 * text needs it: such properties of Unicode take V8 up to half a millisecond each.
 */
function takesNoColumn(character: string): boolean {
  return /[\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/u.test(character)
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
