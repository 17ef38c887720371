import { formatFloat } from '../../go/floats.ts'
import { numberRefusal } from '../../go/integers.ts'
import { Node } from '../../tree/node.ts'
import { attachItem, attachPair } from '../attach.ts'
import { malformed, placeAt } from '../format-fault.ts'

/**
 * The JSON values of a text, one document each. As lenient as yq's library: values need no separator, an object may end
 * with a comma and have missing or extra colons and commas, and strings may contain control characters.
 */
export function* decodeJson(text: string): Generator<Node> {
  const reader = new JsonReader(text)
  for (let value = reader.next(); value !== undefined; value = reader.next()) yield value
}

const BLANK = /[ \t\r\n]*/y
/** What yq's library skips before a value and before a key. */
const BEFORE_VALUE = /[ \t\r\n]*[,:]?[ \t\r\n]*/y
const BEFORE_KEY = /[ \t\r\n,:]*/y
const NUMBER = /[-+0-9.eE]+/y
const PLAIN = /[^"\\]*/y
/** With the u flag, surrogates that form a pair do not match. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const WORDS: readonly (readonly [word: string, tag: string])[] = [
  ['null', '!!null'],
  ['true', '!!bool'],
  ['false', '!!bool'],
]

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The next value with its children, or undefined at the end of the text. */
  next(): Node | undefined {
    const skipped = this.#match(BEFORE_VALUE)
    if (this.#at >= this.#text.length) {
      if (/[,:]/.test(skipped)) throw this.#unexpected('value of object')
      return undefined
    }
    const first = this.#text[this.#at] ?? ''
    if (!/["[{tfn\d-]/.test(first)) {
      throw this.#fault(`invalid character '${first}' looking for beginning of value`)
    }
    const root = this.#start()
    // The open collections, outermost first; an explicit stack, so that depth is not limited by the call stack.
    const open: Node[] = root.kind === 'scalar' ? [] : [root]
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const child = this.#child(top)
      if (child === undefined) open.pop()
      else if (child.kind !== 'scalar') open.push(child)
    }
    return root
  }

  /** Reads the next child of an open collection; undefined at its end. */
  #child(collection: Node): Node | undefined {
    return collection.kind === 'mapping' ? this.#entry(collection) : this.#item(collection)
  }

  #item(sequence: Node): Node | undefined {
    this.#match(BLANK)
    if (this.#take(']')) return undefined
    if (sequence.content.length > 0) {
      if (!this.#take(',')) throw this.#unexpected('slice')
      this.#match(BLANK)
    }
    const item = this.#start()
    attachItem(sequence, item)
    return item
  }

  #entry(mapping: Node): Node | undefined {
    this.#match(BEFORE_KEY)
    if (this.#take('}')) return undefined
    if (!this.#take('"')) {
      // yq's library has another message after the first entry.
      if (mapping.content.length === 0) throw this.#unexpected('token')
      throw this.#fault('json: string of object unexpected end of JSON input')
    }
    const key = new Node('scalar', '!!str', this.#string())
    this.#match(BEFORE_VALUE)
    const value = this.#start()
    attachPair(mapping, key, value)
    return value
  }

  /** Reads a scalar, or the opening bracket of a collection. */
  #start(): Node {
    if (this.#take('{')) return new Node('mapping', '!!map')
    if (this.#take('[')) return new Node('sequence', '!!seq')
    if (this.#take('"')) return new Node('scalar', '!!str', this.#string())
    for (const [word, tag] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return new Node('scalar', tag, word)
      }
    }
    return this.#number()
  }

  /** Numbers are converted to float64, like in yq; whole numbers within int64 are integers. */
  #number(): Node {
    const first = this.#text[this.#at] ?? ''
    if (!/[-0-9]/.test(first)) throw this.#unexpected('value')
    const digits = this.#match(NUMBER)
    const value = /^-?\d+\.?\d*(?:[eE][-+]?\d+)?$/.test(digits) ? Number(digits) : Number.NaN
    if (!Number.isFinite(value)) {
      throw this.#fault(numberRefusal('ParseFloat', digits, Number.isNaN(value) ? 'syntax' : 'range'))
    }
    const whole = Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63
    return whole
      ? new Node('scalar', '!!int', BigInt(value).toString())
      : new Node('scalar', '!!float', formatFloat(value))
  }

  /** The rest of a string whose opening quote has been read. */
  #string(): string {
    let result = ''
    for (;;) {
      result += this.#match(PLAIN)
      const stop = this.#text[this.#at]
      if (stop === undefined) throw this.#fault('json: value of string unexpected end of JSON input')
      this.#at++
      if (stop === '"') return result.replace(LONE_SURROGATE, '\ufffd')
      result += this.#escape()
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? ''
    this.#at++
    if (letter !== 'u') {
      const character = ESCAPES[letter]
      if (character === undefined) throw this.#fault('json: escaped string unexpected end of JSON input')
      return character
    }
    const digits = this.#text.slice(this.#at, this.#at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      throw this.#fault('json: escaped unicode string unexpected end of JSON input')
    }
    this.#at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #unexpected(wanted: string): Error {
    const character = this.#text[this.#at]
    return this.#fault(
      character === undefined
        ? `json: ${wanted} unexpected end of JSON input`
        : `json: invalid character ${character} as ${wanted}`,
    )
  }

  #fault(sentence: string): Error {
    return malformed(sentence, placeAt(this.#text, this.#at))
  }
}
