import type { Mark } from './cursor.ts'

/** libyaml's kinds of token. Numbers, because comparing them is the fastest. */
export const Token = {
  streamStart: 0,
  streamEnd: 1,
  versionDirective: 2,
  tagDirective: 3,
  documentStart: 4,
  documentEnd: 5,
  blockSequenceStart: 6,
  blockMappingStart: 7,
  blockEnd: 8,
  flowSequenceStart: 9,
  flowSequenceEnd: 10,
  flowMappingStart: 11,
  flowMappingEnd: 12,
  blockEntry: 13,
  flowEntry: 14,
  key: 15,
  value: 16,
  alias: 17,
  anchor: 18,
  tag: 19,
  scalar: 20,
} as const

export type TokenType = (typeof Token)[keyof typeof Token]

/** A token: a range of the text, or the position where a block begins or ends. */
export class ScannedToken implements Mark {
  readonly type: TokenType
  readonly offset: number
  readonly line: number
  readonly column: number
  /** The offset after the token. */
  readonly end: number
  /** A scalar's text, the name of an anchor or alias, the handle of a tag, `major.minor` of a version. */
  readonly value: string
  /** The suffix of a tag, the prefix of a tag directive. */
  readonly suffix: string
  /** The `Style` of a scalar. */
  readonly style: number

  constructor(type: TokenType, start: Mark, end: number, value = '', style = 0, suffix = '') {
    this.type = type
    this.offset = start.offset
    this.line = start.line
    this.column = start.column
    this.end = end
    this.value = value
    this.style = style
    this.suffix = suffix
  }

  /** The position right after the token, which must be on one line. */
  after(): Mark {
    const width = this.end - this.offset
    return { offset: this.end, line: this.line, column: this.column + width }
  }
}
