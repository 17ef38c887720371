import { Style } from '../../tree/node.ts'
import {
  DASH,
  END,
  HASH,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isDigit,
  PIPE,
  PLUS,
  SPACE,
  TAB,
  ZERO,
} from '../characters.ts'
import type { CommentQueue } from './comments.ts'
import type { Cursor, Mark } from './cursor.ts'
import { scanLineComment } from './scan-comments.ts'
import { ScannedToken, Token } from './token.ts'

const CONTEXT = 'while scanning a block scalar'

/**
 * Scans a literal or folded scalar; the cursor is on its `|` or `>`.
 *
 * @param indent column of the enclosing block, -1 outside of any
 */
export function scanBlockScalar(cursor: Cursor, comments: CommentQueue, indent: number): ScannedToken {
  return new BlockScalarScan(cursor, indent).scan(comments)
}

class BlockScalarScan {
  readonly #cursor: Cursor
  readonly #start: Mark
  readonly #isLiteral: boolean
  /** Column of the enclosing block. */
  readonly #outer: number
  /** Column of the scalar's text; 0 while unknown. */
  #column = 0
  #chomping = 0
  /** The line breaks after the last line, without that line's own break. */
  #trailing = ''
  #end = 0

  constructor(cursor: Cursor, outer: number) {
    this.#cursor = cursor
    this.#start = cursor.mark()
    this.#isLiteral = cursor.code() === PIPE
    this.#outer = outer
  }

  scan(comments: CommentQueue): ScannedToken {
    const cursor = this.#cursor
    cursor.skip(1)
    this.#scanHeader()
    this.#skipHeaderEnd(comments)
    this.#skipBlankLines()
    const value = this.#scanLines()
    const style = this.#isLiteral ? Style.literal : Style.folded
    return new ScannedToken(Token.scalar, this.#start, this.#end, value, style)
  }

  /** The chomping and indentation indicators, in either order. */
  #scanHeader(): void {
    let increment = this.#scanIncrement()
    const code = this.#cursor.code()
    if (code === PLUS || code === DASH) {
      this.#chomping = code === PLUS ? 1 : -1
      this.#cursor.skip(1)
      if (increment === 0) increment = this.#scanIncrement()
    }
    if (increment > 0) this.#column = increment + (this.#outer >= 0 ? this.#outer : 1)
  }

  #scanIncrement(): number {
    const code = this.#cursor.code()
    if (!isDigit(code)) return 0
    if (code === ZERO) this.#fail('found an indentation indicator equal to 0')
    this.#cursor.skip(1)
    return code - ZERO
  }

  #skipHeaderEnd(comments: CommentQueue): void {
    const cursor = this.#cursor
    cursor.skipBlanks()
    if (cursor.code() === HASH) {
      if (cursor.edition.keepsHeaderComments) scanLineComment(cursor, comments, this.#start.offset)
      // go-yaml does not recognise a comment after too many blanks, but skips it.
      if (!isBreakOrEnd(cursor.code())) cursor.skipTo(cursor.lineEnd())
    }
    if (!isBreakOrEnd(cursor.code())) this.#fail('did not find expected comment or line break')
    if (isBreak(cursor.code())) cursor.readBreak()
  }

  #scanLines(): string {
    const cursor = this.#cursor
    const isLiteral = this.#isLiteral
    let value = ''
    let lineBreak = ''
    let wasBlank = false
    while (cursor.column === this.#column && cursor.code() !== END) {
      const startsBlank = isBlank(cursor.code())
      if (!isLiteral && !wasBlank && !startsBlank && lineBreak === '\n') {
        if (this.#trailing === '') value += ' '
      } else {
        value += lineBreak
      }
      value += this.#trailing
      wasBlank = startsBlank
      value += this.#takeLine()
      lineBreak = isBreak(cursor.code()) ? cursor.readBreak() : ''
      this.#skipBlankLines()
    }
    if (this.#chomping !== -1) value += lineBreak
    if (this.#chomping === 1) value += this.#trailing
    return value
  }

  #takeLine(): string {
    const cursor = this.#cursor
    const from = cursor.offset
    const end = cursor.lineEnd()
    let offset = from
    while (offset < end && isBlank(cursor.text.charCodeAt(offset))) offset++
    if (offset < end) cursor.skipTo(end)
    else cursor.offset = end
    return cursor.text.slice(from, end)
  }

  /** Skips indentation and blank lines, and sets the column of the text if it is unknown. */
  #skipBlankLines(): void {
    const cursor = this.#cursor
    let widest = 0
    this.#trailing = ''
    this.#end = cursor.offset
    for (;;) {
      while (this.#isIndentation() && cursor.code() === SPACE) cursor.skipBlank()
      widest = Math.max(widest, cursor.column)
      if (this.#isIndentation() && cursor.code() === TAB) {
        this.#fail('found a tab character where an indentation space is expected')
      }
      if (!isBreak(cursor.code())) break
      this.#trailing += cursor.readBreak()
      this.#end = cursor.offset
    }
    if (this.#column === 0) this.#column = Math.max(widest, this.#outer + 1, 1)
  }

  #isIndentation(): boolean {
    return this.#column === 0 || this.#cursor.column < this.#column
  }

  #fail(message: string): never {
    const cursor = this.#cursor
    const start = this.#start
    return cursor.fail({ stage: 'scanner', message, at: cursor.mark(), context: CONTEXT, contextAt: start })
  }
}
