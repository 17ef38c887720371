import { ScannedToken, Token } from './token.ts'

const NONE = new ScannedToken(Token.streamStart, { offset: 0, line: 1, column: 1 }, 0)

/** Tokens already taken that are kept before the array is compacted. */
const COMPACT_AT = 256

/** The scanned tokens that are not yet taken. The last two remain available after they are taken. */
export class TokenQueue {
  /** Number of tokens taken so far. */
  taken = 0
  #tokens: ScannedToken[] = []
  #head = 0

  get length(): number {
    return this.#tokens.length - this.#head
  }

  /** Index, among all tokens, of the next token to be pushed. */
  get nextNumber(): number {
    return this.taken + this.length
  }

  first(): ScannedToken {
    return this.#tokens[this.#head] ?? NONE
  }

  last(): ScannedToken {
    return this.#tokens.at(-1) ?? NONE
  }

  beforeLast(): ScannedToken | undefined {
    return this.#tokens.at(-2)
  }

  push(token: ScannedToken): void {
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#tokens.length) {
      const kept = Math.min(this.#head, this.#tokens.length - 2)
      this.#tokens = this.#tokens.slice(kept)
      this.#head -= kept
    }
    this.#tokens.push(token)
  }

  /** Inserts a token after `position` tokens of the queue. */
  insert(position: number, token: ScannedToken): void {
    this.#tokens.splice(this.#head + position, 0, token)
  }

  shift(): void {
    this.#head++
    this.taken++
  }
}
