import { END, HASH, isBlank, isBreak, RIGHT_BRACE, RIGHT_BRACKET } from './characters.ts'
import type { CommentQueue } from './comments.ts'
import type { Cursor, Mark } from './cursor.ts'
import { type ScannedToken, Token } from './token.ts'

/** How many blanks and breaks go-yaml looks through before it stops to expect a comment. */
const LOOK_AHEAD = 512

/** A comment after a token on its line, filed under the token that begins at `tokenOffset`. */
export function scanLineComment(cursor: Cursor, comments: CommentQueue, tokenOffset: number): void {
  if (cursor.breaks > 0) return
  let blanks = 0
  while (blanks < LOOK_AHEAD && isBlank(cursor.code(blanks))) blanks++
  if (blanks === LOOK_AHEAD || cursor.code(blanks) !== HASH) return
  cursor.offset += blanks
  const start = cursor.mark()
  cursor.passTo(cursor.lineEnd())
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

/** What decides how lines of comment are cut into feet of what is above and heads of what comes. */
export interface CommentSurroundings {
  /** The token scanned last and the one before it. */
  readonly previous: ScannedToken
  readonly beforePrevious: ScannedToken | undefined
  /** Column of the current block, or -1 outside of any. */
  readonly indent: number
  readonly inFlow: boolean
  /** The line on which the white space before the comments began. */
  readonly scanLine: number
}

/**
 * Scans the comment lines at the cursor, which is on a `#`, up to the end of the last of them. A run of
 * lines is a foot when it began right under the previous token and a blank line follows, when it or what
 * follows it is dedented, or when a flow collection ends after it; what remains is the head of what comes.
 * `scanOffset` is where the white space before the comments began.
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
  /** Column of the current block's own column, 0 outside of any. */
  readonly #indent: number
  readonly #followsValue: boolean
  /** Whether the end of a flow collection makes what is before it a foot. */
  readonly #endsWithFlow: boolean
  /** The line on which a comment must begin to be a foot of the previous token. */
  readonly #footLine: number
  #scanOffset: number
  #tokenOffset: number
  /** The lines gathered so far, and where they began. */
  #text = ''
  #start = NOWHERE
  /** Whether no blank line was met yet, and whether the line before was blank. */
  #beforeBlankLine: boolean
  #afterBlankLine = false
  /** The position that is looked at; go-yaml's column is one more than the true one here. */
  #line: number
  #column: number

  constructor(cursor: Cursor, comments: CommentQueue, scanOffset: number, surroundings: CommentSurroundings) {
    const { previous, beforePrevious, indent, inFlow, scanLine } = surroundings
    const { hasEarlyFeet } = cursor.edition
    const token =
      previous.type === Token.flowEntry && beforePrevious !== undefined ? beforePrevious : previous
    this.#cursor = cursor
    this.#comments = comments
    this.#inFlow = inFlow
    this.#indent = Math.max(indent, 0)
    this.#followsValue = token.type === Token.value && !hasEarlyFeet
    this.#endsWithFlow = !hasEarlyFeet
    this.#tokenOffset = token.offset
    this.#scanOffset = scanOffset
    this.#line = cursor.line
    this.#column = cursor.column
    this.#beforeBlankLine = cursor.breaks <= 1
    const onTokenLine = cursor.breaks === 0 && cursor.column > 1
    const hasNoFoot = hasEarlyFeet && scanLine === 1
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
        // The breaks of more than one byte end the look ahead: go-yaml steps through it by bytes.
        stop = code > 126
        continue
      }
      if (this.#text !== '' && this.#column - 1 < this.#indent && this.#column !== this.#start.column)
        this.#addFoot(peek)
      if (code !== HASH) break
      this.#takeLine(peek)
      // The break is left for later, so the next look begins after it.
      peek = 0
      stop = cursor.code() > 126
    }
    if (this.#text !== '') this.#addHead(peek)
  }

  /** At a line break, at the end of the text or of a flow collection. */
  #endLine(endsFlow: boolean, code: number, peek: number): void {
    if (endsFlow || !this.#afterBlankLine) {
      const dedented = this.#start.column - 1 < this.#indent
      const underToken = this.#start.line === this.#footLine && !this.#followsValue
      if (endsFlow || (this.#beforeBlankLine && (underToken || dedented))) {
        if (this.#text !== '') {
          // A dedented comment has nothing to do with the token before it.
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
      if (isBreak(cursor.code())) cursor.passBreak()
      else cursor.passBlank()
    }
    cursor.passTo(cursor.lineEnd())
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
