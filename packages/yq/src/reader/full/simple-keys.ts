import type { Cursor, Mark } from './cursor.ts'

/** A token that is a key if a `:` follows on its line. libyaml's term. */
export interface SimpleKey {
  /** Whether it must be a key, because it is at the column of the current block mapping. */
  readonly isRequired: boolean
  readonly flowLevel: number
  /** Index among all tokens of the text. */
  readonly tokenNumber: number
  readonly mark: Mark
}

const NO_KEY: SimpleKey = {
  isRequired: false,
  flowLevel: 0,
  tokenNumber: 0,
  mark: { offset: 0, line: 0, column: 0 },
}

/** The possible simple keys: at most one in each open flow collection, and one in the current block. */
export class SimpleKeys {
  /** Whether a simple key may begin here. */
  isAllowed = true
  current: SimpleKey = NO_KEY
  #isPossible = false
  readonly #around: SimpleKey[] = []
  readonly #cursor: Cursor

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  /** The first possible key: its token stays in the queue until it is known whether it is a key. */
  first(): SimpleKey | undefined {
    return this.#around[0] ?? (this.#isPossible ? this.current : undefined)
  }

  save(flowLevel: number, indent: number, tokenNumber: number): void {
    if (!this.isAllowed) return
    const isRequired = flowLevel === 0 && indent === this.#cursor.column
    this.remove()
    this.#isPossible = true
    this.current = { isRequired, flowLevel, tokenNumber, mark: this.#cursor.mark() }
  }

  /** @throws YqFault when the removed candidate had to be a key */
  remove(at: Mark = this.#cursor.mark()): void {
    if (this.current.isRequired) {
      const context = 'while scanning a simple key'
      const message = "could not find expected ':'"
      this.#cursor.fail({ stage: 'scanner', message, at, context, contextAt: this.current.mark })
    }
    this.#isPossible = false
  }

  /** The possible key that a `:` on `line` confirms. */
  take(line: number): SimpleKey | undefined {
    if (!this.#isPossible || this.current.mark.line !== line) return undefined
    const key = this.current
    this.#isPossible = false
    this.current = { ...key, isRequired: false }
    return key
  }

  enterFlow(): void {
    if (this.#isPossible) this.#around.push(this.current)
    this.current = NO_KEY
  }

  leaveFlow(flowLevel: number): void {
    const key = this.#around.at(-1)
    if (key?.flowLevel !== flowLevel) return
    this.#around.pop()
    this.current = key
    this.#isPossible = true
  }

  reset(): void {
    this.current = NO_KEY
    this.#around.length = 0
    this.isAllowed = false
  }
}
