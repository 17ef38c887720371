/** Control characters, and those that reorder text on the screen: both can make a line say what it does not. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Cs}/gu

/** Text that cannot drive a terminal, break a line, or end an XML document: such characters are shown as escapes. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    character === '\t' ? '  ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
