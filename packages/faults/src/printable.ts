/** Control characters, and characters that reorder text on the screen: both can make a line look like another one. */
const UNPRINTABLE =
  /[^ -~\u00A0-\u061B\u061D-\u200D\u2010-\u2029\u202F-\u2065\u206A-\u{D7FF}\u{E000}-\u{FEFE}\u{FF00}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** Escapes characters that control a terminal, break a line or are invalid in XML. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\t' ? '  ' : escapeOf(character)))
}

/** A workflow command in a GitHub job log: a line that starts with `::name` and has a second `::`. */
const GITHUB_COMMAND = /^([^\S\n]*):(?=:[\w-]+[^\n]*?::)/gmu
/** A command of GitHub, Azure or TeamCity, anywhere in a line. */
const HASH_COMMAND = /#(?=#(?:\[|vso\[|teamcity\[))/gu

/**
 * Like `printable` for several lines; also escapes commands of CI systems. It uses JSON escapes, so a JSON document
 * keeps its meaning.
 *
 * @param keep matches text to leave alone, in one group, such as the program's own colours
 */
export function printableLines(text: string, keep: RegExp = /(\n)/u): string {
  const pieces = text.split(keep).map((piece, index) => (index % 2 === 1 ? piece : printable(piece)))
  return pieces.join('').replace(GITHUB_COMMAND, '$1\\u003a').replace(HASH_COMMAND, '\\u0023')
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
