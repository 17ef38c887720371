/** Control characters, and those that reorder text on the screen: both can make a line say what it does not. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Cs}/gu

/** Text that cannot drive a terminal, break a line, or end an XML document: such characters are shown as escapes. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\t' ? '  ' : escapeOf(character)))
}

/** What GitHub takes for a command in the log of a job: a line that starts with `::name`, with two colons after it. */
const GITHUB_COMMAND = /^([^\S\n]*):(?=:[\w-]+[^\n]*?::)/gmu
/** What GitHub, Azure and TeamCity take for one, anywhere in a line. */
const HASH_COMMAND = /#(?=#(?:\[|vso\[|teamcity\[))/gu

/**
 * Text of several lines that cannot drive a terminal, or a CI system that reads it in a log. The escapes are those of
 * JSON, so a JSON text keeps its meaning.
 *
 * @param keep what stays as it is, in one group, such as the colours of the program itself
 */
export function printableLines(text: string, keep: RegExp = /(\n)/u): string {
  const pieces = text.split(keep).map((piece, index) => (index % 2 === 1 ? piece : printable(piece)))
  return pieces.join('').replace(GITHUB_COMMAND, '$1\\u003a').replace(HASH_COMMAND, '\\u0023')
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
