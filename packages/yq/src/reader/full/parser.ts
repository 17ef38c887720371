import type { Edition } from '../../edition.ts'
import type { Composer } from './composer.ts'
import type { Cursor, Mark } from './cursor.ts'
import type { Scanner } from './scanner.ts'
import { TagHandles } from './tag-handles.ts'

/** Parses the next part of the stream, and sets the state after it. */
export type State = (parser: Parser) => void

/** Entry points of the grammar; passed in so that the grammar's files need no circular imports. */
export interface Grammar {
  readonly startStream: State
  readonly startDocument: State
  readonly parseNode: (parser: Parser, inBlock: boolean, allowsIndentless: boolean) => void
}

/**
 * Calls the composer for each construct that the tokens make. As in go-yaml, a state is a function, and the states to
 * return to are on a stack of the parser's own, so that deep documents do not overflow the call stack.
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
  /** Starts of the open collections, for errors. */
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

  /** Returns to the state that was pushed last. */
  leave(): void {
    this.state = this.states.pop() ?? this.grammar.startDocument
  }

  /** Skips the token that opens a collection. */
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
