import { isInvalidByte } from '../../go/byte-text.ts'
import type { YqFault } from '../../errors.ts'
import { malformed, placeAt } from '../format-fault.ts'
import { isControl, type Scanned, showCharacter } from './characters.ts'
import { scanNumber, type TomlScalar } from './scan-number.ts'
import { scanString } from './scan-string.ts'

/** A forward-only position in the text of a TOML document. */
export class TomlScanner {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** The next character; '' at the end. */
  get next(): string {
    return this.text.charAt(this.at)
  }

  take<Value>({ value, end }: Scanned<Value>): Value {
    this.at = end
    return value
  }

  skipBlanks(): void {
    while (this.next === ' ' || this.next === '\t') this.at++
  }

  /** Skips a line break, and tells whether there was one. */
  skipLineBreak(): boolean {
    if (this.next === '\n') this.at++
    else if (this.text.startsWith('\r\n', this.at)) this.at += 2
    else if (this.next === '\r') throw this.fault(`expected newline but got ${showCharacter('\r')}`)
    else return false
    return true
  }

  /** The comment that starts here, with its `#`. */
  comment(): string {
    const start = this.at
    this.at++
    while (!this.isAtEnd && this.next !== '\n' && !this.text.startsWith('\r\n', this.at)) {
      if (this.next === '\r') throw this.fault('carriage returns are not allowed in comments')
      if (isControl(this.next)) throw this.fault('control characters are not allowed in comments')
      if (isInvalidByte(this.text, this.at)) throw this.fault('invalid UTF-8 character in comment')
      this.at++
    }
    return this.text.slice(start, this.at)
  }

  /** The rest of a line: its comment, or undefined. */
  endOfLine(): string | undefined {
    this.skipBlanks()
    const comment = this.next === '#' ? this.comment() : undefined
    if (!this.skipLineBreak() && !this.isAtEnd) {
      throw this.fault(`expected newline but got ${showCharacter(this.next)}`)
    }
    return comment
  }

  /** A key with dots, and the blanks after it. */
  key(): string[] {
    const parts: string[] = []
    for (;;) {
      parts.push(this.#simpleKey())
      this.skipBlanks()
      if (this.next !== '.') return parts
      this.at++
      this.skipBlanks()
    }
  }

  #simpleKey(): string {
    if (this.isAtEnd) throw this.fault('expected key but reached end of input')
    if (this.next === '"' || this.next === "'") return this.take(scanString(this.text, this.at, false))
    const start = this.at
    while (/^[A-Za-z0-9_-]$/.test(this.next)) this.at++
    if (this.at === start) {
      throw this.fault(`invalid character at start of key: ${showCharacter(this.next)}`)
    }
    return this.text.slice(start, this.at)
  }

  string(): string {
    return this.take(scanString(this.text, this.at, true))
  }

  /** A number, date, boolean, `inf` or `nan`. */
  scalar(): TomlScalar {
    return this.take(scanNumber(this.text, this.at))
  }

  fault(sentence: string): YqFault {
    return malformed(sentence, placeAt(this.text, Math.min(this.at, Math.max(0, this.text.length - 1))))
  }
}
