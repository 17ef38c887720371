import { quote } from '../../go/quote.ts'
import { malformed, placeAt } from '../format-fault.ts'

export interface Property {
  readonly key: string
  value: string
  /** The comment lines above it, without their markers and leading spaces. */
  comments: readonly string[]
}

const BLANK = ' \f\t'
const ESCAPES: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t' }

/** The entries of a Java properties text, sorted by key; later values replace earlier ones. */
export function readProperties(text: string): Property[] {
  const properties = new Map<string, Property>()
  const scanner = new PropertiesScanner(text)
  let comments: string[] = []
  for (let line = scanner.next(); line !== undefined; line = scanner.next()) {
    if (line.kind === 'comment') {
      comments.push(line.text)
      continue
    }
    const known = properties.get(line.key)
    const property = known ?? { key: line.key, value: '', comments: [] }
    property.value = line.value
    if (comments.length > 0) property.comments = comments
    comments = []
    properties.set(line.key, property)
  }
  return [...properties.values()]
}

type PropertiesLine =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'property'; readonly key: string; readonly value: string }

class PropertiesScanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): PropertiesLine | undefined {
    while (this.#at < this.#text.length && `\r\n${BLANK}`.includes(this.#peek())) this.#at++
    if (this.#at >= this.#text.length) return undefined
    if ('#!'.includes(this.#peek())) return this.#comment()
    const start = this.#at
    const key = this.#key()
    this.#skipBlank()
    if (this.#at < this.#text.length && ':='.includes(this.#peek())) this.#at++
    this.#skipBlank()
    const valueStart = this.#at
    const value = this.#value()
    if (key === '' && start < this.#text.length) throw this.#fault(describe(value), valueStart)
    return { kind: 'property', key, value }
  }

  /** A comment without a line end is ignored. */
  #comment(): PropertiesLine | undefined {
    this.#at++
    this.#skipBlank()
    const end = /[\r\n]/g
    end.lastIndex = this.#at
    const found = end.exec(this.#text)
    if (found === null) {
      this.#at = this.#text.length
      return undefined
    }
    const text = this.#text.slice(this.#at, found.index)
    this.#at = found.index + 1
    return { kind: 'comment', text }
  }

  #key(): string {
    let key = ''
    while (this.#at < this.#text.length) {
      const character = this.#peek()
      if (` \f\t\r\n:=`.includes(character)) break
      this.#at++
      key += character === '\\' ? this.#escape() : character
    }
    return key
  }

  #value(): string {
    let value = ''
    while (this.#at < this.#text.length) {
      const character = this.#peek()
      this.#at++
      if (character === '\r' || character === '\n') break
      if (character !== '\\') value += character
      else if (this.#at < this.#text.length && '\r\n'.includes(this.#peek())) {
        this.#at++
        this.#skipBlank()
      } else value += this.#escape()
    }
    return value
  }

  #escape(): string {
    const letter = this.#text[this.#at]
    if (letter === undefined) throw this.#fault('premature EOF')
    this.#at++
    if (letter !== 'u') return ESCAPES[letter] ?? letter
    const digits = this.#text.slice(this.#at, this.#at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault('invalid unicode literal')
    this.#at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #peek(): string {
    return this.#text.charAt(this.#at)
  }

  #skipBlank(): void {
    while (this.#at < this.#text.length && BLANK.includes(this.#peek())) this.#at++
  }

  #fault(sentence: string, at: number = this.#at): Error {
    const line = this.#text.slice(0, at).split('\n').length
    return malformed(`properties: Line ${line}: ${sentence}`, placeAt(this.#text, at))
  }
}

function describe(value: string): string {
  return value.length > 10 ? `${quote(value.slice(0, 10))}...` : quote(value)
}
