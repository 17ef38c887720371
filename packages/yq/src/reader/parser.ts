import type { Edition } from '../edition.ts'
import type { Composer } from './composer.ts'
import type { Cursor, Mark } from './cursor.ts'
import type { Scanner } from './scanner.ts'
import { TagHandles } from './tag-handles.ts'

/** What is to be parsed next. */
export type State = (parser: Parser) => void

/** The states that others lead to; handed in, so that each file of the grammar needs no other to be read first. */
export interface Grammar {
  readonly startStream: State
  readonly startDocument: State
  readonly parseNode: (parser: Parser, inBlock: boolean, allowsIndentless: boolean) => void
}

/**
 * Turns tokens into what the composer builds nodes from. What comes next is a state, a function; the states
 * to go back to are a stack, so that depth costs no stack of the machine.
 */
export class Parser {
  readonly scanner: Scanner
  readonly composer: Composer
  readonly handles: TagHandles
  readonly edition: Edition
  readonly grammar: Grammar
  state: State
  readonly states: State[] = []
  isDocumentDone = false
  isStreamDone = false
  readonly #cursor: Cursor
  /** Where the open collections began, for errors. */
  readonly #starts: Mark[] = []

  constructor(scanner: Scanner, cursor: Cursor, composer: Composer, grammar: Grammar) {
    this.grammar = grammar
    this.state = grammar.startStream
    this.scanner = scanner
    this.#cursor = cursor
    this.composer = composer
    this.handles = new TagHandles(cursor)
    this.edition = cursor.edition
  }

  /** Parses one more document. Returns false when there is none. */
  parseDocument(): boolean {
    this.isDocumentDone = false
    while (!this.isDocumentDone && !this.isStreamDone) this.state(this)
    return this.isDocumentDone
  }

  /** Goes back to the state that waits for what was just parsed. */
  leave(): void {
    this.state = this.states.pop() ?? this.grammar.startDocument
  }

  /** Passes the token that opens a collection. */
  enterCollection(): void {
    this.#starts.push(this.scanner.peek())
    this.scanner.skip()
  }

  leaveCollection(): void {
    this.#starts.pop()
    this.leave()
  }

  failInCollection(message: string, at: Mark, context: string): never {
    return this.fail(message, at, context, this.#starts.at(-1))
  }

  fail(message: string, at: Mark, context?: string, contextAt?: Mark): never {
    return this.#cursor.fail({ stage: 'parser', message, at, context, contextAt })
  }
}
