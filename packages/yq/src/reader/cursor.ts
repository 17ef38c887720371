import { type Edition, YQ_4 } from '../edition.ts'
import type { YqFault } from '../errors.ts'
import {
  CARRIAGE_RETURN,
  isBlank,
  isBreak,
  LINE_FEED,
  LINE_SEPARATOR,
  PARAGRAPH_SEPARATOR,
  TAB,
} from './characters.ts'
import { type LoadProblem, loadFault } from './load-fault.ts'

/** A place in the text. `line` and `column` count from 1, columns in characters; `offset` in UTF-16 units. */
export interface Mark {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Beyond this many characters, a line is no help in an error, and costly to show. */
const MAX_SHOWN_LENGTH = 100_000

const SURROGATE = /[\ud800-\udfff]/

/** The text to scan and what to say when it is wrong. */
export interface CursorOptions {
  readonly fileName: string
  /** Where to begin; 0 when absent. */
  readonly offset?: number
  /** What to throw when the end is reached: the text was cut there, since what follows are no characters. */
  readonly endFault?: YqFault | undefined
  /** That of yq 4 when absent. */
  readonly edition?: Edition
}

/** Where the scanner is. It only ever moves forward. */
export class Cursor {
  /** The whole text with a NUL after it, so that looking ahead needs no test for the end. */
  readonly text: string
  readonly edition: Edition
  /** The offset of that NUL. */
  readonly end: number
  offset: number
  line = 1
  /**
   * Line breaks passed since the last character that is no blank. While it is 0, a comment is on the line of
   * what is before it.
   */
  breaks = 0
  /** What makes `offset - lineOrigin` the column: the line's start, moved on by characters of two units. */
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

  /** Throws that the text is not YAML. A text that was cut is wrong at its end first of all. */
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

  /** @throws YqFault when a text that was cut has no `ahead` more characters */
  checkEnd(ahead = 1): void {
    if (this.#endFault !== undefined && this.offset + ahead > this.end) throw this.#endFault
  }

  /** The code at the cursor, or `ahead` of it. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead)
  }

  get column(): number {
    return this.offset - this.#lineOrigin
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.offset - this.#lineOrigin }
  }

  /** Passes `count` characters of one unit that are neither blanks nor breaks. */
  pass(count: number): void {
    this.offset += count
    this.breaks = 0
  }

  passBlank(): void {
    this.offset++
  }

  passBlanks(): void {
    while (isBlank(this.code())) this.offset++
  }

  /** Passes everything up to `offset` on this line; at least one character of it must be no blank. */
  passTo(offset: number): void {
    if (this.#hasPairs) this.#lineOrigin += countPairs(this.text, this.offset, offset)
    this.offset = offset
    this.breaks = 0
  }

  /** Passes a line break and returns what it means in content: `\n`, but LS and PS stay themselves. */
  passBreak(): string {
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
