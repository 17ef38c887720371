import type { CommentQueue } from './comments.ts'
import type { Cursor } from './cursor.ts'
import { fetchToken } from './fetch-token.ts'
import { ScannerState } from './scanner-state.ts'
import { ScannedToken, Token } from './token.ts'

/**
 * Splits text into tokens, on demand. It looks ahead only until it knows whether a token starts a key, and by two tokens
 * for comments. This is exactly go-yaml's look-ahead, because it decides which of two errors is found first, and which
 * node gets a comment.
 */
export class Scanner {
  readonly comments: CommentQueue
  readonly #state: ScannerState
  #isTokenReady = false

  constructor(cursor: Cursor) {
    this.#state = new ScannerState(cursor)
    this.comments = this.#state.comments
    this.#state.queue.push(new ScannedToken(Token.streamStart, cursor.mark(), cursor.offset))
  }

  /** The next token; its comments become pending. */
  peek(): ScannedToken {
    if (!this.#isTokenReady) {
      while (this.#needsMore()) fetchToken(this.#state)
      this.#isTokenReady = true
    }
    const token = this.#state.queue.first()
    this.comments.collect(token)
    return token
  }

  skip(): void {
    this.#isTokenReady = false
    this.#state.queue.shift()
  }

  #needsMore(): boolean {
    if (this.#state.queue.length <= 2) return true
    const key = this.#state.keys.first()
    return key !== undefined && key.tokenNumber === this.#state.queue.taken
  }
}
