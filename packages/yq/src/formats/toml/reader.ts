import { Node } from '../../tree/node.ts'
import { attachItem } from '../attach.ts'
import { malformed } from '../format-fault.ts'
import { showCharacter } from './characters.ts'
import { scalarNode } from './scalar-node.ts'
import { TomlScanner } from './scanner.ts'

/** A line of a TOML document, or several lines of one value. */
export type TomlLine =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'table' | 'arrayTable'; readonly path: readonly string[] }
  | {
      readonly kind: 'pair'
      readonly path: readonly string[]
      readonly value: Node
      readonly comment: string | undefined
    }

/** Adds a pair to an inline table. */
export type AddPair = (table: Node, path: readonly string[], value: Node) => void

const MAX_DEPTH = 10_000

/** Reads a TOML document like go-toml's parser, which accepts duplicate keys and does not check types. */
export class TomlReader {
  readonly #scanner: TomlScanner
  readonly #addPair: AddPair

  /** `addPair` is called for each pair of an inline table, before the pair with the table itself. */
  constructor(text: string, addPair: AddPair) {
    this.#scanner = new TomlScanner(text)
    this.#addPair = addPair
  }

  *lines(): Generator<TomlLine> {
    const scanner = this.#scanner
    for (;;) {
      scanner.skipBlanks()
      if (scanner.isAtEnd) return
      if (scanner.skipLineBreak()) continue
      if (scanner.next === '#') yield { kind: 'comment', text: scanner.endOfLine() ?? '' }
      else yield scanner.next === '[' ? this.#header() : this.#pair()
    }
  }

  #header(): TomlLine {
    const scanner = this.#scanner
    const isArray = scanner.text.startsWith('[[', scanner.at)
    scanner.at += isArray ? 2 : 1
    scanner.skipBlanks()
    const path = scanner.key()
    const close = isArray ? ']]' : ']'
    if (!scanner.text.startsWith(close, scanner.at)) {
      throw scanner.fault(`expected '${close}' to close ${isArray ? 'array ' : ''}table name`)
    }
    scanner.at += close.length
    scanner.endOfLine()
    return { kind: isArray ? 'arrayTable' : 'table', path }
  }

  #pair(): TomlLine {
    const path = this.#keyOfPair()
    const value = this.#value()
    return { kind: 'pair', path, value, comment: this.#scanner.endOfLine() }
  }

  #keyOfPair(): string[] {
    const scanner = this.#scanner
    const path = scanner.key()
    if (scanner.next !== '=') throw scanner.fault("expected '=' after key")
    scanner.at++
    scanner.skipBlanks()
    return path
  }

  #value(): Node {
    const open: OpenCollection[] = []
    for (;;) {
      let value = this.#startOfValue(open)
      while (value !== undefined) {
        const top = open.at(-1)
        if (top === undefined) return value
        top.add(value)
        value = this.#nextOf(top) ? undefined : open.pop()?.node
      }
    }
  }

  /** Reads a scalar or an empty collection; undefined when it opened a collection with content. */
  #startOfValue(open: OpenCollection[]): Node | undefined {
    const scanner = this.#scanner
    if (scanner.isAtEnd) throw scanner.fault('expected value, not end of input')
    const { next } = scanner
    if (next === '"' || next === "'") return new Node('scalar', '!!str', scanner.string())
    if (next !== '[' && next !== '{') return scalarNode(scanner.scalar())
    if (open.length >= MAX_DEPTH) {
      throw scanner.fault(
        `arrays and inline tables are nested more than the maximum of ${MAX_DEPTH} levels deep`,
      )
    }
    scanner.at++
    const collection = next === '[' ? new OpenArray() : new OpenTable(this.#addPair)
    if (!this.#nextOf(collection)) return collection.node
    open.push(collection)
    return undefined
  }

  /** Moves to the next value of a collection; false at its end. */
  #nextOf(collection: OpenCollection): boolean {
    const scanner = this.#scanner
    let mayGoOn = collection.node.content.length === 0 && !collection.hasValue
    for (;;) {
      scanner.skipBlanks()
      if (scanner.isAtEnd) throw scanner.fault(`${collection.name} is incomplete`)
      if (scanner.skipLineBreak()) continue
      if (scanner.next === collection.close) {
        scanner.at++
        return false
      }
      if (scanner.next === '#') collection.comment(scanner.comment())
      else if (scanner.next === ',') {
        if (mayGoOn) throw scanner.fault(collection.unexpectedComma)
        mayGoOn = true
        scanner.at++
      } else if (!mayGoOn) throw scanner.fault(collection.missingComma)
      else {
        if (collection instanceof OpenTable) collection.path = this.#keyOfPair()
        return true
      }
    }
  }
}

type OpenCollection = OpenArray | OpenTable

class OpenArray {
  readonly name = 'array'
  readonly close = ']'
  readonly unexpectedComma: string = `expected value but got ${showCharacter(',')}`
  readonly missingComma = "expected ',' or ']' after array value"
  readonly node: Node = new Node('sequence', '!!seq')
  hasValue = false
  #comment = ''

  /** Only the first of consecutive comments is kept. */
  comment(text: string): void {
    if (this.#comment === '') this.#comment = text
  }

  add(value: Node): void {
    this.hasValue = true
    if (this.#comment !== '') value.headComment = this.#comment
    this.#comment = ''
    attachItem(this.node, value)
  }
}

class OpenTable {
  readonly name = 'inline table'
  readonly close = '}'
  readonly unexpectedComma = 'unexpected comma in inline table'
  readonly missingComma = "expected ',' or '}' after inline table key-value"
  readonly node: Node = new Node('mapping', '!!map')
  hasValue = false
  /** The key of the current pair. */
  path: readonly string[] = []
  readonly #addPair: AddPair

  constructor(addPair: AddPair) {
    this.#addPair = addPair
    this.node.isInlineTable = true
  }

  comment(): never {
    throw malformed('only keyvalue pairs are supported in inlinetables, got Comment instead')
  }

  add(value: Node): void {
    this.hasValue = true
    this.#addPair(this.node, this.path, value)
  }
}
