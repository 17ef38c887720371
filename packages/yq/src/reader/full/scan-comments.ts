import { END, HASH, isBlank, isBreak, RIGHT_BRACE, RIGHT_BRACKET } from '../characters.ts'
import type { CommentQueue } from './comments.ts'
import type { Cursor, Mark } from './cursor.ts'
import { type ScannedToken, Token } from './token.ts'

/** How many blanks and breaks go-yaml skips before it stops looking for a comment. */
const LOOK_AHEAD = 512

/** Scans a comment on the line of a token, which begins at `tokenOffset`. */
export function scanLineComment(cursor: Cursor, comments: CommentQueue, tokenOffset: number): void {
  if (cursor.breaks > 0) return
  let blanks = 0
  while (blanks < LOOK_AHEAD && isBlank(cursor.code(blanks))) blanks++
  if (blanks === LOOK_AHEAD || cursor.code(blanks) !== HASH) return
  cursor.offset += blanks
  const start = cursor.mark()
  cursor.skipTo(cursor.lineEnd())
  comments.add({
    scanOffset: tokenOffset,
    tokenOffset,
    start,
    end: cursor.offset,
    head: '',
    line: cursor.text.slice(start.offset, cursor.offset),
    foot: '',
  })
}

/** The context that decides which comment lines are foot comments of the previous node and which are head comments of the next. */
export interface CommentSurroundings {
  /** The last two tokens. */
  readonly previous: ScannedToken
  readonly beforePrevious: ScannedToken | undefined
  /** Column of the current block, or -1 outside of any. */
  readonly indent: number
  readonly inFlow: boolean
  /** The line on which the white space before the comments began. */
  readonly scanLine: number
}

/**
 * Scans the comment lines at the cursor, which is on a `#`, to the end of the last of them. A run of lines is a foot
 * comment if it begins in the line below the previous token and a blank line follows, if it or the next token is
 * dedented, or if a flow collection ends after it. Every other run is the head comment of the next node.
 *
 * @param scanOffset start of the white space before the comments
 */
export function scanOwnLineComments(
  cursor: Cursor,
  comments: CommentQueue,
  scanOffset: number,
  surroundings: CommentSurroundings,
): void {
  new CommentRun(cursor, comments, scanOffset, surroundings).scan()
}

const NOWHERE: Mark = { offset: 0, line: 0, column: 0 }

class CommentRun {
  readonly #cursor: Cursor
  readonly #comments: CommentQueue
  readonly #inFlow: boolean
  /** Column of the enclosing block, 0 outside of any. */
  readonly #indent: number
  readonly #followsValue: boolean
  /** Whether a comment before the end of a flow collection is a foot comment. */
  readonly #endsWithFlow: boolean
  /** The line on which a foot comment of the previous token must begin. */
  readonly #footLine: number
  #scanOffset: number
  #tokenOffset: number
  /** The lines of the run so far, and where it began. */
  #text = ''
  #start = NOWHERE
  /** Whether there was no blank line yet, and whether the previous line was blank. */
  #beforeBlankLine: boolean
  #afterBlankLine = false
  /** The position of the look-ahead. As in go-yaml, the column is one too high here. */
  #line: number
  #column: number

  constructor(cursor: Cursor, comments: CommentQueue, scanOffset: number, surroundings: CommentSurroundings) {
    const { previous, beforePrevious, indent, inFlow, scanLine } = surroundings
    const { hasEarlyFootComments } = cursor.edition
    const token =
      previous.type === Token.flowEntry && beforePrevious !== undefined ? beforePrevious : previous
    this.#cursor = cursor
    this.#comments = comments
    this.#inFlow = inFlow
    this.#indent = Math.max(indent, 0)
    this.#followsValue = token.type === Token.value && !hasEarlyFootComments
    this.#endsWithFlow = !hasEarlyFootComments
    this.#tokenOffset = token.offset
    this.#scanOffset = scanOffset
    this.#line = cursor.line
    this.#column = cursor.column
    this.#beforeBlankLine = cursor.breaks <= 1
    const onTokenLine = cursor.breaks === 0 && cursor.column > 1
    const hasNoFoot = hasEarlyFootComments && scanLine === 1
    this.#footLine = hasNoFoot ? -1 : cursor.line - cursor.breaks + (onTokenLine ? 2 : 1)
  }

  scan(): void {
    const cursor = this.#cursor
    let peek = 0
    let stop = false
    for (; peek < LOOK_AHEAD; peek++) {
      this.#column++
      const code: number = stop ? HASH + 1 : cursor.code(peek) || END
      if (isBlank(code)) continue
      const endsFlow = this.#inFlow && (code === RIGHT_BRACKET || code === RIGHT_BRACE)
      if (endsFlow || code === END || isBreak(code)) {
        this.#endLine(endsFlow && this.#endsWithFlow, code, peek)
        if (!isBreak(code)) break
        // A break of more than one byte ends the look-ahead: go-yaml looks ahead byte by byte.
        stop = code > 126
        continue
      }
      if (this.#text !== '' && this.#column - 1 < this.#indent && this.#column !== this.#start.column)
        this.#addFoot(peek)
      if (code !== HASH) break
      this.#takeLine(peek)
      // The break is not skipped yet, so the next look-ahead starts at it.
      peek = 0
      stop = cursor.code() > 126
    }
    if (this.#text !== '') this.#addHead(peek)
  }

  /** Handles a line break, the end of the text, or the end of a flow collection. */
  #endLine(endsFlow: boolean, code: number, peek: number): void {
    if (endsFlow || !this.#afterBlankLine) {
      const dedented = this.#start.column - 1 < this.#indent
      const underToken = this.#start.line === this.#footLine && !this.#followsValue
      if (endsFlow || (this.#beforeBlankLine && (underToken || dedented))) {
        if (this.#text !== '') {
          // A dedented comment does not belong to the previous token.
          if (dedented) this.#tokenOffset = this.#start.offset
          this.#addFoot(peek)
        }
      } else if (this.#text !== '' && code !== END) {
        this.#text += '\n'
      }
    }
    if (!isBreak(code)) return
    this.#beforeBlankLine = false
    this.#afterBlankLine = true
    this.#column = 1
    this.#line++
  }

  #takeLine(peek: number): void {
    const cursor = this.#cursor
    const begin = cursor.offset + peek
    if (this.#text === '') this.#start = { offset: begin, line: this.#line, column: this.#column }
    else this.#text += '\n'
    this.#afterBlankLine = false
    while (cursor.offset < begin) {
      if (isBreak(cursor.code())) cursor.readBreak()
      else cursor.skipBlank()
    }
    cursor.skipTo(cursor.lineEnd())
    this.#text += cursor.text.slice(begin, cursor.offset)
    this.#column = 1
    this.#line = cursor.line
  }

  #addFoot(peek: number): void {
    const end = this.#cursor.offset + peek
    const scanOffset = this.#scanOffset
    const tokenOffset = this.#tokenOffset
    const start = this.#start
    const text = this.#text
    this.#comments.add({ scanOffset, tokenOffset, start, end, head: '', line: '', foot: text })
    this.#scanOffset = end
    this.#tokenOffset = end
    this.#text = ''
  }

  #addHead(peek: number): void {
    const scanOffset = this.#scanOffset
    const start = this.#start
    const text = this.#text
    const end = this.#cursor.offset + peek - 1
    this.#comments.add({ scanOffset, tokenOffset: start.offset, start, end, head: text, line: '', foot: '' })
  }
}
