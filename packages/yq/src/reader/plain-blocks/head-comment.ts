import type { Node } from '../../tree/node.ts'
import { Unread } from './unread.ts'

/** Beyond this many blanks, go-yaml does not see that a comment goes on. */
const FARTHEST = 400

/**
 * The comment lines above the next node. Those are gathered that are as far from the left as that node, and that go-yaml cannot take
 * for the foot of what is above them.
 */
export class HeadComment {
  /** What is gathered for the next node. */
  #gathered = ''
  /** The lines that may become a head or a foot. */
  #text = ''
  #indent = 0
  /** Whether it begins in the line below what is above it. */
  #isAttached = false
  #end = 0

  /** @param line with its `#`, at `offset` */
  add(line: string, { offset, indent, isAfterBlank }: CommentLine, above: Above): void {
    if (this.#gathered !== '') throw new Unread()
    this.#endIfOther(indent, isAfterBlank, above)
    if (this.#text === '') {
      this.#isAttached = this.#isAttached || !isAfterBlank
      this.#indent = indent
      this.#text = line
    } else {
      this.#pass(offset, isAfterBlank)
      this.#text += `\n${line}`
    }
    this.#end = offset + line.length
  }

  /** Ends at a node. */
  end({ offset, indent, isAfterBlank }: CommentLine, above: Above): void {
    this.#endIfOther(indent, isAfterBlank, above)
    if (this.#text !== '') {
      this.#pass(offset, isAfterBlank)
      this.#gathered = this.#text
      this.#text = ''
    }
    this.#isAttached = false
  }

  /** Gives the comment to the node above it as a foot when what follows is further left than that node's collection and than the comment. */
  #endIfOther(indent: number, isAfterBlank: boolean, { indent: block, node }: Above): void {
    if (this.#text === '' || indent === this.#indent) return
    if (isAfterBlank || !this.#isAttached || indent >= block || node === undefined) throw new Unread()
    const target = node.key !== undefined && node.parent?.kind === 'mapping' ? node.key : node
    if (target.footComment !== '') throw new Unread()
    target.footComment = this.#text
    this.#text = ''
  }

  /** At blank lines, a comment that is attached to what is above it would be its foot. */
  #pass(offset: number, isAfterBlank: boolean): void {
    if (offset - this.#end > FARTHEST) throw new Unread()
    if (!isAfterBlank) return
    if (this.#isAttached) throw new Unread()
    this.#text += '\n'
  }

  get isEmpty(): boolean {
    return this.#gathered + this.#text === ''
  }

  take(): string {
    const gathered = this.#gathered
    this.#gathered = ''
    return gathered
  }
}

/** The innermost collection above a comment, and its last scalar if that is what ends it. */
export interface Above {
  readonly indent: number
  readonly node: Node | undefined
}

/** Where a line has its first character, and whether a blank line is above it. */
export interface CommentLine {
  readonly offset: number
  readonly indent: number
  readonly isAfterBlank: boolean
}
