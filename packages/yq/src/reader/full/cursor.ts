import { type Edition, YQ_4 } from '../../edition.ts'
import type { YqFault } from '../../errors.ts'
import {
  CARRIAGE_RETURN,
  isBlank,
  isBreak,
  LINE_FEED,
  LINE_SEPARATOR,
  PARAGRAPH_SEPARATOR,
  TAB,
} from '../characters.ts'
import { type LoadProblem, loadFault } from '../load-fault.ts'

/** A position in the text. `line` and `column` are 1-based, columns count characters; `offset` counts UTF-16 units from 0. */
export interface Mark {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** A longer line, in characters, is not shown in errors: it does not help, and is slow to print. */
const MAX_SHOWN_LENGTH = 100_000

const SURROGATE = /[\ud800-\udfff]/

/** Where to begin, and what errors of the text name. */
export interface CursorOptions {
  readonly fileName: string
  /** Offset of the first character to scan; 0 when absent. */
  readonly offset?: number
  /** Thrown when the end is reached: the text was cut there because the rest cannot be decoded. */
  readonly endFault?: YqFault | undefined
  /** yq 4 when absent. */
  readonly edition?: Edition
}

/** The scanner's position in the text. It only moves forward. */
export class Cursor {
  /** The whole text and a NUL after it, so that looking ahead needs no check for the end. */
  readonly text: string
  readonly edition: Edition
  /** The offset of that NUL. */
  readonly end: number
  offset: number
  line = 1
  /**
   * Line breaks skipped since the last character that is neither blank nor break. While it is 0, a comment here is
   * on the same line as the previous token.
   */
  breaks = 0
  /** `offset - lineOrigin` is the column: the start of the line minus 1, plus 1 for each surrogate pair in the line so far. */
  #lineOrigin: number
  readonly #hasPairs: boolean
  readonly #fileName: string
  readonly #endFault: YqFault | undefined

  constructor(text: string, { fileName, offset = 0, endFault, edition = YQ_4 }: CursorOptions) {
    this.text = `${text}\0`
    this.edition = edition
    this.end = text.length
    this.offset = offset
    this.#lineOrigin = offset - 1
    this.#hasPairs = SURROGATE.test(text)
    this.#fileName = fileName
    this.#endFault = endFault
  }

  /** Throws the fault of a text that is not YAML, or `endFault` when the cursor is at the end of a text that was cut. */
  fail(problem: LoadProblem): never {
    this.checkEnd()
    throw loadFault(problem, {
      fileName: this.#fileName,
      text: this.#isShowable() ? this.text.slice(0, this.end) : undefined,
    })
  }

  /** Whether the current line is short enough to be shown. */
  #isShowable(): boolean {
    const start = this.text.lastIndexOf('\n', this.offset)
    const end = this.text.indexOf('\n', this.offset)
    return (end < 0 ? this.end : end) - start <= MAX_SHOWN_LENGTH
  }

  /** @throws YqFault `endFault` when fewer than `ahead` characters are left of a text that was cut */
  checkEnd(ahead = 1): void {
    if (this.#endFault !== undefined && this.offset + ahead > this.end) throw this.#endFault
  }

  /** The UTF-16 unit at the cursor, or `ahead` units after it. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead)
  }

  get column(): number {
    return this.offset - this.#lineOrigin
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.offset - this.#lineOrigin }
  }

  /** Skips `count` characters, none of them a blank, a break or a surrogate pair. */
  skip(count: number): void {
    this.offset += count
    this.breaks = 0
  }

  skipBlank(): void {
    this.offset++
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.offset++
  }

  /** Skips to `offset` on this line; at least one of the skipped characters must not be blank. */
  skipTo(offset: number): void {
    if (this.#hasPairs) this.#lineOrigin += countPairs(this.text, this.offset, offset)
    this.offset = offset
    this.breaks = 0
  }

  /** Reads a line break. Returns its value in a scalar: `\n`, or the LS or PS character itself. */
  readBreak(): string {
    const code = this.code()
    this.offset += code === CARRIAGE_RETURN && this.code(1) === LINE_FEED ? 2 : 1
    this.line++
    this.#lineOrigin = this.offset - 1
    this.breaks++
    return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR ? String.fromCharCode(code) : '\n'
  }

  /** The offset of the next line break, or of the end. */
  lineEnd(): number {
    const { text } = this
    let offset = this.offset
    for (let code = text.charCodeAt(offset); code > CARRIAGE_RETURN || code === TAB;) {
      if (code > 126 && isBreak(code)) break
      code = text.charCodeAt(++offset)
    }
    return offset
  }
}

function countPairs(text: string, from: number, to: number): number {
  let count = 0
  for (let offset = from; offset < to; offset++) {
    const code = text.charCodeAt(offset)
    if (code >= 0xd800 && code < 0xdc00) count++
  }
  return count
}
