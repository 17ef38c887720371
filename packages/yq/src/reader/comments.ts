import type { Node } from '../tree/node.ts'
import type { Mark } from './cursor.ts'
import { type ScannedToken, Token } from './token.ts'

/** A scanned comment that is not assigned to a node yet. */
export interface Comment {
  /** Where the white space and comments that it was found in began. */
  readonly scanOffset: number
  /** The start of the token that it is filed under. */
  tokenOffset: number
  readonly start: Mark
  readonly end: number
  head: string
  line: string
  readonly foot: string
}

/** Replaces an assigned comment; it matches nothing. */
const GONE: Comment = {
  scanOffset: 0,
  tokenOffset: 0,
  start: { offset: 0, line: 0, column: 0 },
  end: 0,
  head: '',
  line: '',
  foot: '',
}

/**
 * Assigns comments to nodes: the scanner files each comment under a token; when the parser reads a token, its comments
 * are gathered by kind; the next node that accepts comments gets the gathered ones.
 */
export class CommentQueue {
  head = ''
  line = ''
  foot = ''
  /** Lines above a `-` whose item is a block collection: they belong to that collection. */
  stem = ''
  readonly #waiting: Comment[] = []
  #next = 0

  add(comment: Comment): void {
    this.#waiting.push(comment)
  }

  /** The comment scanned last, if no token took it yet. */
  last(): Comment | undefined {
    return this.#next < this.#waiting.length ? this.#waiting.at(-1) : undefined
  }

  /** Gathers the comments that are filed under `token` or before it. */
  gather(token: ScannedToken): void {
    while (this.#next < this.#waiting.length) {
      const comment = this.#waiting[this.#next] ?? GONE
      if (token.offset < comment.tokenOffset) return
      // The end of a block takes no head: it is for what comes after.
      if (comment.head !== '' && token.type === Token.blockEnd) return
      this.head = join(this.head, comment.head)
      this.foot = join(this.foot, comment.foot)
      this.line = join(this.line, comment.line)
      this.#next++
    }
    if (this.#next > 0) {
      this.#waiting.length = 0
      this.#next = 0
    }
  }

  giveTo(node: Node): void {
    node.headComment = this.head
    node.lineComment = this.line
    node.footComment = this.foot
    this.clear()
  }

  clear(): void {
    this.head = ''
    this.line = ''
    this.foot = ''
    this.stem = ''
  }

  /** Moves the first `length` characters of the gathered head to the stem. */
  splitStem(length: number): void {
    this.stem = this.head.slice(0, length)
    this.head = this.head.slice(length + 1)
  }

  takeStem(): string {
    const stem = this.stem
    this.stem = ''
    return stem
  }

  /**
   * Where a block that ends at `mark` should end so that comments in its own column stay inside: the start of
   * the first of the adjoining comments that is at `column`. With `column` of the block's items.
   */
  placeBlockEnd(mark: Mark, column: number): Mark {
    let place = mark
    let stop = mark.offset
    for (let index = this.#waiting.length - 1; index >= this.#next; index--) {
      const comment = this.#waiting[index] ?? GONE
      if (comment.end < stop) break
      if (comment.start.column === column + 1) place = comment.start
      stop = comment.scanOffset
    }
    return place
  }
}

function join(above: string, below: string): string {
  if (below === '') return above
  return above === '' ? below : `${above}\n${below}`
}
