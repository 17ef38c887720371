import { Style } from '../tree/node.ts'
import type { Output } from './output.ts'
import { isBreakCode, isPrintable } from './scalar-analysis.ts'

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x00, '\\0'],
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x1b, '\\e'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x85, '\\N'],
  [0xa0, '\\_'],
  [0x2028, '\\L'],
  [0x2029, '\\P'],
])

export function writePlain(output: Output, text: string): void {
  if (text !== '') {
    output.putSpaced(text)
    output.isSpaced = false
  }
  output.isIndentation = false
}

export function writeSingleQuoted(output: Output, text: string, indent: number): void {
  output.putIndicator("'")
  // A break is written as two, because one would be folded to a space.
  const doubled = text.replaceAll("'", "''").replaceAll(/(^|[^\n\r\u0085\u2028\u2029])\n/g, '$1\n\n')
  output.putLines(doubled, indent, false)
  output.putClosing("'")
}

export function writeDoubleQuoted(output: Output, text: string): void {
  output.putIndicator('"')
  // For each character, go-yaml checks whether the *text* starts with a byte order mark, and then escapes it.
  output.put(escapeText(text, text.charCodeAt(0) === 0xfeff))
  output.putClosing('"')
}

/** A character that must be escaped in double quotes: see `isPrintable`. */
const ESCAPED = /[^ !#-[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

function escapeText(text: string, escapesAll: boolean): string {
  if (!escapesAll && !ESCAPED.test(text)) return text
  let escaped = ''
  let from = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (!escapesAll && isPrintable(code) && !isBreakCode(code) && code !== 0x22 && code !== 0x5c) continue
    const point = text.codePointAt(index) ?? code
    escaped += text.slice(from, index) + escapeCharacter(point)
    if (point > 0xffff) index++
    from = index + 1
  }
  return escaped + text.slice(from)
}

function escapeCharacter(point: number): string {
  const short = ESCAPES.get(point)
  if (short !== undefined) return short
  const hex = point.toString(16).toUpperCase()
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

export interface BlockScalarContext {
  /** Column of the text, 0-based. */
  readonly indent: number
  /** The digit of the indentation indicator: always the value of `-I`. */
  readonly indentHint: number
  /** Whether a text that starts with a line break also gets an indentation indicator. */
  readonly hintsLeadingBreaks: boolean
  /** Prints the comment after the header, and ends the line. */
  readonly endLine: () => void
}

export function writeBlockScalar(
  output: Output,
  text: string,
  style: number,
  context: BlockScalarContext,
): void {
  const { indent, indentHint, hintsLeadingBreaks, endLine } = context
  output.putIndicator(style === Style.literal ? '|' : '>')
  const isHinted = text.startsWith(' ') || (hintsLeadingBreaks && isBreakCode(text.charCodeAt(0)))
  if (isHinted) output.putClosing(String(indentHint))
  const chomping = chompingOf(text)
  if (chomping !== '') output.putClosing(chomping)
  endLine()
  output.isSpaced = true
  output.putLines(style === Style.literal ? text : unfold(text), indent, true)
}

function chompingOf(text: string): string {
  if (text === '' || !isBreakCode(text.charCodeAt(text.length - 1))) return '-'
  return text.length === 1 || isBreakCode(text.charCodeAt(text.length - 2)) ? '+' : ''
}

/**
 * Doubles the breaks that a reader would fold into spaces. Correct would be to add no break before an indented line.
 * go-yaml checks the start of the whole text instead: a text that starts with a blank loses breaks, and every other
 * text gets one too many before indented lines and at its end.
 */
function unfold(text: string): string {
  const first = text.search(/[^\n\r\u0085\u2028\u2029]/)
  if (first < 0 || /[ \t\0]/.test(text.charAt(first))) return text
  let unfolded = ''
  let isAtBreak = true
  let isIndented = true
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (isBreakCode(code)) {
      if (!isAtBreak && !isIndented && code === 0x0a) unfolded += '\n'
      isAtBreak = true
    } else {
      if (isAtBreak) isIndented = code === 0x20 || code === 0x09
      isAtBreak = false
    }
    unfolded += text.charAt(index)
  }
  return unfolded
}
