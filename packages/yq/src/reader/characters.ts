/** Code points of the characters that have a meaning in YAML. */
export const TAB = 0x09
export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d
export const SPACE = 0x20
export const BANG = 0x21
export const DOUBLE_QUOTE = 0x22
export const HASH = 0x23
export const PERCENT = 0x25
export const AMPERSAND = 0x26
export const SINGLE_QUOTE = 0x27
export const ASTERISK = 0x2a
export const PLUS = 0x2b
export const COMMA = 0x2c
export const DASH = 0x2d
export const DOT = 0x2e
export const ZERO = 0x30
const NINE = 0x39
export const COLON = 0x3a
export const LESS = 0x3c
export const GREATER = 0x3e
export const QUESTION = 0x3f
export const LEFT_BRACKET = 0x5b
export const BACKSLASH = 0x5c
export const RIGHT_BRACKET = 0x5d
export const LEFT_BRACE = 0x7b
export const PIPE = 0x7c
export const RIGHT_BRACE = 0x7d
const NEXT_LINE = 0x85
export const LINE_SEPARATOR = 0x2028
export const PARAGRAPH_SEPARATOR = 0x2029
export const BYTE_ORDER_MARK = 0xfeff

/** The NUL that `Cursor` puts after the last character. A valid text contains no NUL. */
export const END = 0

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB
}

/** The line breaks of YAML 1.1, which go-yaml still accepts. */
export function isBreak(code: number): boolean {
  return (
    code === LINE_FEED ||
    code === CARRIAGE_RETURN ||
    code === NEXT_LINE ||
    code === LINE_SEPARATOR ||
    code === PARAGRAPH_SEPARATOR
  )
}

export function isBreakOrEnd(code: number): boolean {
  return code === END || isBreak(code)
}

export function isBlankBreakOrEnd(code: number): boolean {
  return code === SPACE || code === TAB || code === END || isBreak(code)
}

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

/** Whether a tag handle or a directive name may contain the character. */
export function isWordCharacter(code: number): boolean {
  return WORD[code] === 1
}

/** Whether an anchor name may contain the character: printable ASCII except blanks, `:` and flow indicators. */
export function isAnchorCharacter(code: number): boolean {
  return ANCHOR[code] === 1
}

/** Whether a tag may contain the character unescaped; `,[]{}` only in a verbatim tag (`!<…>`). */
export function isTagCharacter(code: number, verbatim: boolean): boolean {
  return TAG[code] === 1 || (verbatim && FLOW[code] === 1)
}

export function isFlowIndicator(code: number): boolean {
  return FLOW[code] === 1
}

/** Whether a plain scalar can never start with this character. */
export function isIndicator(code: number): boolean {
  return INDICATOR[code] === 1
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return table
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-'
const WORD: Uint8Array = tableOf(ALPHANUMERIC)
const TAG: Uint8Array = tableOf(`${ALPHANUMERIC};/?:@&=+$.!~*'()%`)
const FLOW: Uint8Array = tableOf(',[]{}')
const ANCHOR: Uint8Array = tableOf(`${ALPHANUMERIC}!"#$%&'()*+./;<=>?@\\^\`|~`)
const INDICATOR: Uint8Array = tableOf(',[]{}#&*!|>\'"%@`')

const NOT_PRINTABLE_ASCII = /[^\n -~]/

/** Whether the text is printable ASCII and line feeds only, so that no other check of its characters is needed. */
export function isPrintableAscii(text: string): boolean {
  return !NOT_PRINTABLE_ASCII.test(text)
}
