import { malformed, placeAt } from '../format-fault.ts'
import { type Scanned, showCharacter } from './characters.ts'

export interface TomlScalar {
  readonly kind: 'Bool' | 'Integer' | 'Float' | 'DateTime' | 'LocalDateTime' | 'LocalDate' | 'LocalTime'
  /** As it is written. */
  readonly text: string
}

const KEYWORDS: Readonly<Record<string, readonly [word: string, kind: TomlScalar['kind']]>> = {
  t: ['true', 'Bool'],
  f: ['false', 'Bool'],
  i: ['inf', 'Float'],
  n: ['nan', 'Float'],
}
const RADIX_DIGITS: Readonly<Record<string, RegExp>> = {
  x: /^[0-9a-fA-F]$/,
  o: /^[0-7]$/,
  b: /^[01]$/,
}
const DECIMAL = /^[0-9]$/

/** The boolean, number, date or time that starts at `start`. */
export function scanNumber(text: string, start: number): Scanned<TomlScalar> {
  const [word, kind] = KEYWORDS[text.charAt(start)] ?? []
  if (word !== undefined && kind !== undefined) {
    if (!text.startsWith(word, start)) throw faultAt(text, start, `expected keyword "${word}"`)
    return { value: { kind, text: word }, end: start + word.length }
  }
  const rest = text.slice(start, start + 5)
  if (/^\d\d:/.test(rest) || /^\d{4}-/.test(rest)) return scanDate(text, start)
  if (!/^[-+0-9]/.test(rest)) {
    throw faultAt(text, start, `unexpected character ${showCharacter(rest.charAt(0))} at start of value`)
  }
  return new NumberScanner(text, start).scan()
}

/** Scans text that looks like a date or a time, without validating it. */
function scanDate(text: string, start: number): Scanned<TomlScalar> {
  const pattern = /(?:[0-9:+.Zz-]|[Tt]| (?=[0-9]))*/y
  pattern.lastIndex = start
  const token = pattern.exec(text)?.[0] ?? ''
  return { value: { kind: dateKind(token), text: token }, end: start + token.length }
}

function dateKind(token: string): TomlScalar['kind'] {
  if (token.charAt(2) === ':') return 'LocalTime'
  const time = token.search(/[Tt ]/)
  if (time < 0) return 'LocalDate'
  return /[Zz+-]/.test(token.slice(time + 1)) ? 'DateTime' : 'LocalDateTime'
}

class NumberScanner {
  readonly #text: string
  readonly #start: number
  #at: number

  constructor(text: string, start: number) {
    this.#text = text
    this.#start = start
    this.#at = start
  }

  scan(): Scanned<TomlScalar> {
    if (/^[+-]$/.test(this.#next)) this.#at++
    if (this.#next === '') throw this.#fault('expected number after sign')
    if (this.#next === 'i' || this.#next === 'n') return this.#special()
    if (!DECIMAL.test(this.#next)) throw this.#fault(`expected digit but got ${showCharacter(this.#next)}`)
    const radix = RADIX_DIGITS[this.#text.charAt(this.#at + 1)]
    if (this.#next === '0' && radix !== undefined) return this.#withRadix(radix)
    return this.#decimal()
  }

  get #next(): string {
    return this.#text.charAt(this.#at)
  }

  #special(): Scanned<TomlScalar> {
    const word = this.#next === 'n' ? 'nan' : 'inf'
    if (!this.#text.startsWith(word, this.#at)) throw this.#fault(`expected "${word}"`)
    this.#at += 3
    return this.#done('Float')
  }

  #withRadix(digit: RegExp): Scanned<TomlScalar> {
    if (this.#at !== this.#start) {
      throw this.#fault('sign is not allowed on numbers with a radix prefix')
    }
    this.#at += 2
    if (!digit.test(this.#next)) {
      throw this.#fault('radix prefix must be followed by at least one digit')
    }
    this.#digits(digit)
    return this.#done('Integer')
  }

  #decimal(): Scanned<TomlScalar> {
    const hasLeadingZero = this.#next === '0'
    const start = this.#at
    this.#digits(DECIMAL)
    if (hasLeadingZero && this.#at > start + 1) throw this.#fault('integers cannot have leading zeroes')
    const isFraction = this.#part(/^\.$/, 'decimal point must be followed by a digit')
    const isPower = this.#part(/^[eE]$/, 'exponent must contain at least one digit')
    if (/^[a-zA-Z]$/.test(this.#next)) throw this.#fault('strings must be quoted')
    return this.#done(isFraction || isPower ? 'Float' : 'Integer')
  }

  /** The digits after a point or an `e`, if there is one. */
  #part(sign: RegExp, missing: string): boolean {
    if (!sign.test(this.#next)) return false
    const isPower = this.#next !== '.'
    this.#at++
    if (isPower && /^[+-]$/.test(this.#next)) this.#at++
    if (!DECIMAL.test(this.#next)) throw this.#fault(missing)
    this.#digits(DECIMAL)
    return true
  }

  /** Digits with single underscores between them; there is a digit here. */
  #digits(digit: RegExp): void {
    while (digit.test(this.#next) || this.#next === '_') {
      if (this.#next === '_' && !digit.test(this.#text.charAt(this.#at + 1))) {
        throw this.#fault('number must have at least one digit between underscores')
      }
      this.#at++
    }
  }

  #done(kind: TomlScalar['kind']): Scanned<TomlScalar> {
    return { value: { kind, text: this.#text.slice(this.#start, this.#at) }, end: this.#at }
  }

  #fault(sentence: string): Error {
    return faultAt(this.#text, this.#at, sentence)
  }
}

function faultAt(text: string, at: number, sentence: string): Error {
  return malformed(sentence, placeAt(text, Math.min(at, text.length - 1)))
}
