import type { Node } from '../../tree/node.ts'
import type { Mark } from './cursor.ts'
import { type ScannedToken, Token } from './token.ts'

/** A scanned comment that is not yet assigned to a node. */
export interface Comment {
  /** Start of the run of white space and comments that contains it. */
  readonly scanOffset: number
  /** Start of the token that it belongs to. */
  tokenOffset: number
  readonly start: Mark
  readonly end: number
  head: string
  line: string
  readonly foot: string
}

/** Stands in for an index out of range, which does not occur. */
const NO_COMMENT: Comment = {
  scanOffset: 0,
  tokenOffset: 0,
  start: { offset: 0, line: 0, column: 0 },
  end: 0,
  head: '',
  line: '',
  foot: '',
}

/**
 * Assigns comments to nodes. The scanner adds each comment with the offset of its token. When the parser reads that
 * token, the comment joins the pending head, line or foot comment. The next node that accepts comments gets them.
 */
export class CommentQueue {
  head = ''
  line = ''
  foot = ''
  /** Comment above a `-` whose item is a block collection: it belongs to that collection. go-yaml's name. */
  stem = ''
  readonly #scanned: Comment[] = []
  #next = 0

  add(comment: Comment): void {
    this.#scanned.push(comment)
  }

  /** The comment scanned last, if no token has taken it yet. */
  last(): Comment | undefined {
    return this.#next < this.#scanned.length ? this.#scanned.at(-1) : undefined
  }

  /** Adds the comments that belong to `token`, or to a token before it, to the pending ones. */
  collect(token: ScannedToken): void {
    while (this.#next < this.#scanned.length) {
      const comment = this.#scanned[this.#next] ?? NO_COMMENT
      if (token.offset < comment.tokenOffset) return
      // A block end takes no head comment: that belongs to the next node.
      if (comment.head !== '' && token.type === Token.blockEnd) return
      this.head = join(this.head, comment.head)
      this.foot = join(this.foot, comment.foot)
      this.line = join(this.line, comment.line)
      this.#next++
    }
    if (this.#next > 0) {
      this.#scanned.length = 0
      this.#next = 0
    }
  }

  assignTo(node: Node): void {
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

  /** Moves the first `length` characters of the pending head comment to the stem. */
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
   * The position where a block that ends at `mark` should end so that comments at the column of its items stay
   * inside it: the start of the first such comment among the adjacent ones.
   *
   * @param column of the block's items, 0-based
   */
  placeBlockEnd(mark: Mark, column: number): Mark {
    let place = mark
    let stop = mark.offset
    for (let index = this.#scanned.length - 1; index >= this.#next; index--) {
      const comment = this.#scanned[index] ?? NO_COMMENT
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
