import { NodeBound } from '../../budget/memory-bounds.ts'
import { CommentQueue } from './comments.ts'
import type { Cursor, Mark } from './cursor.ts'
import { SimpleKeys } from './simple-keys.ts'
import { ScannedToken, Token, type TokenType } from './token.ts'
import { TokenQueue } from './token-queue.ts'

/** go-yaml's limit for nested blocks, and for nested flow collections. */
const MAX_DEPTH = 10_000

/** The state of a scan: the tokens that are found and not yet taken, the open blocks, and the places where a key may begin. */
export class ScannerState {
  readonly cursor: Cursor
  readonly comments: CommentQueue = new CommentQueue()
  readonly queue: TokenQueue = new TokenQueue()
  readonly keys: SimpleKeys
  /** Limits the queue, which contains a whole flow collection until it is known whether that is a key. */
  readonly bound: NodeBound = new NodeBound()
  flowLevel = 0
  /** The column of the current block; -1 outside of any. */
  indent = -1
  /** The columns of the enclosing blocks. */
  readonly #indents: number[] = []

  constructor(cursor: Cursor) {
    this.cursor = cursor
    this.keys = new SimpleKeys(cursor)
  }

  /** Pushes a token that may be or start a simple key (one without `?`). */
  pushKeyable(scan: () => ScannedToken): void {
    this.keys.save(this.flowLevel, this.indent, this.queue.nextNumber)
    this.keys.isAllowed = false
    this.queue.push(scan())
  }

  pushIndicator(type: TokenType, length = 1): void {
    const start = this.cursor.mark()
    this.cursor.skip(length)
    this.queue.push(new ScannedToken(type, start, this.cursor.offset))
  }

  /** Opens a block at `mark` if it is indented more than the current one. */
  rollIndent(type: TokenType, mark: Mark, position?: number): void {
    if (this.flowLevel > 0 || this.indent >= mark.column) return
    this.#indents.push(this.indent)
    this.indent = mark.column
    this.checkDepth(this.#indents.length, 'while increasing indent level')
    const token = new ScannedToken(type, mark, mark.offset)
    if (position === undefined) this.queue.push(token)
    else this.queue.insert(position, token)
  }

  /** Closes the blocks that are indented more than `column`, each before the comments that are at its own column. */
  unrollIndent(column: number, scanStart: Mark): void {
    if (this.flowLevel > 0) return
    let mark: Mark = { ...scanStart, offset: scanStart.offset - 1 }
    while (this.indent > column) {
      mark = this.comments.placeBlockEnd(mark, this.indent)
      this.queue.push(new ScannedToken(Token.blockEnd, mark, mark.offset))
      this.indent = this.#indents.pop() ?? -1
    }
  }

  checkDepth(depth: number, context: string): void {
    if (depth <= MAX_DEPTH) return
    this.cursor.fail({
      stage: 'scanner',
      message: `exceeded max depth of ${MAX_DEPTH}`,
      at: this.cursor.mark(),
      context,
      contextAt: this.keys.current.mark,
      code: 'limit-exceeded',
    })
  }

  fail(message: string, context?: string, contextAt?: Mark): never {
    return this.cursor.fail({ stage: 'scanner', message, at: this.cursor.mark(), context, contextAt })
  }
}
