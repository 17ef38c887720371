import { isInvalidByte } from '../../go/byte-text.ts'
import { malformed, placeAt } from '../format-fault.ts'
import { isControl, type Scanned, showCharacter } from './characters.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  e: '\u001b',
}
/** The letters of numeric escapes, and their number of digits. */
const CODES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** Scans the quoted string at `start`. Keys cannot be multi-line strings. */
export function scanString(text: string, start: number, mayHaveLines: boolean): Scanned<string> {
  const quote = text.charAt(start)
  const isLong = mayHaveLines && text.startsWith(quote.repeat(3), start)
  return new StringScanner(text, start, quote, isLong).scan()
}

class StringScanner {
  readonly #text: string
  readonly #quote: string
  readonly #isLong: boolean
  readonly #name: string
  #at: number
  #value = ''

  constructor(text: string, start: number, quote: string, isLong: boolean) {
    this.#text = text
    this.#quote = quote
    this.#isLong = isLong
    this.#name = `${isLong ? 'multiline ' : ''}${quote === '"' ? 'basic' : 'literal'} string`
    this.#at = start + (isLong ? 3 : 1)
    if (isLong) this.#at += /^\r?\n/.exec(text.slice(this.#at, this.#at + 2))?.[0].length ?? 0
  }

  scan(): Scanned<string> {
    for (;;) {
      const character = this.#text.charAt(this.#at)
      if (character === '') throw this.#unterminated()
      if (character === this.#quote) {
        if (this.#closes()) return { value: this.#value, end: this.#at }
      } else if (character === '\\' && this.#quote === '"') this.#escape()
      else if (character === '\n' || character === '\r') this.#lineBreak(character)
      else if (isControl(character)) throw this.#fault(`${this.#name}s cannot have control characters`)
      else if (isInvalidByte(this.#text, this.#at)) {
        throw this.#fault(`invalid UTF-8 character in ${this.#name}`)
      } else this.#keep(character)
    }
  }

  #keep(text: string): void {
    this.#value += text
    this.#at += text.length
  }

  #unterminated(): Error {
    if (!this.#isLong) return this.#fault(`unterminated ${this.#name}`)
    return this.#fault(`${this.#name} not terminated by ${this.#quote.repeat(3)}`)
  }

  /** Reads quotes; true if they close the string. Up to two quotes before the three closing ones belong to a multi-line string. */
  #closes(): boolean {
    if (!this.#isLong) {
      this.#at++
      return true
    }
    let count = 1
    while (this.#text.charAt(this.#at + count) === this.#quote) count++
    if (count > 5) throw this.#fault(`too many quotes at the end of a ${this.#name}`)
    this.#value += this.#quote.repeat(count < 3 ? count : count - 3)
    this.#at += count
    return count >= 3
  }

  #lineBreak(character: string): void {
    if (!this.#isLong) throw this.#fault(`${this.#name}s cannot have new lines`)
    if (character === '\n') this.#keep('\n')
    else if (this.#text.startsWith('\r\n', this.#at)) this.#keep('\r\n')
    else throw this.#fault('carriage returns must be followed by a newline character')
  }

  #escape(): void {
    const letter = this.#text.charAt(this.#at + 1)
    if (letter === '') throw this.#fault('need a character after \\')
    const digits = CODES[letter]
    if (this.#isLong && ' \t\n\r'.includes(letter)) this.#skipLineBreak(letter)
    else if (digits !== undefined) this.#code(digits)
    else {
      const meant = ESCAPES[letter]
      if (meant === undefined) throw this.#fault(`invalid escape character ${showCharacter(letter)}`)
      this.#value += meant
      this.#at += 2
    }
  }

  /** A backslash at the end of a line removes the line break and all white space after it. */
  #skipLineBreak(letter: string): void {
    const skipped = /^\\[ \t]*\r?\n(?:[ \t\n]|\r\n)*/.exec(this.#text.slice(this.#at))
    if (skipped === null) throw this.#fault(`invalid escape character ${showCharacter(letter)}`)
    this.#at += skipped[0].length
  }

  #code(count: number): void {
    const digits = this.#text.slice(this.#at + 2, this.#at + 2 + count)
    if (new TextEncoder().encode(this.#text.slice(this.#at + 2)).length < count) {
      throw this.#fault('unicode escape sequence is too short')
    }
    if (!/^[0-9a-fA-F]*$/.test(digits)) {
      throw this.#fault('invalid hexadecimal digit in unicode escape sequence')
    }
    const code = Number.parseInt(digits, 16)
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      throw this.#fault('escape sequence is not a valid unicode code point')
    }
    this.#value += String.fromCodePoint(code)
    this.#at += 2 + count
  }

  #fault(sentence: string): Error {
    return malformed(sentence, placeAt(this.#text, Math.min(this.#at, this.#text.length - 1)))
  }
}
