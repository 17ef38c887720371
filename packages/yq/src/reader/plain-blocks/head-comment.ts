import type { Node } from '../../tree/node.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** go-yaml stops looking for more lines of a comment after about this many blanks and breaks. */
const FARTHEST = 400

/**
 * The comment lines above the next node. Accepts lines with the indentation of that node that go-yaml cannot take for a foot comment
 * of the node above.
 */
export class HeadComment {
  /** The head comment of the next node. */
  #gathered = ''
  /** Lines that may become a head or a foot comment. */
  #text = ''
  #indent = 0
  /** Whether no blank line is above the comment. */
  #isAttached = false
  #end = 0

  /** @param line starts with `#`, at `offset` */
  add(line: string, { offset, indent, isAfterBlank }: CommentLine, above: Above): void {
    if (this.#gathered !== '') throw new NotPlainBlocks()
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

  /** Ends the comment at the next node. */
  end({ offset, indent, isAfterBlank }: CommentLine, above: Above): void {
    this.#endIfOther(indent, isAfterBlank, above)
    if (this.#text !== '') {
      this.#pass(offset, isAfterBlank)
      this.#gathered = this.#text
      this.#text = ''
    }
    this.#isAttached = false
  }

  /** Makes the comment the foot comment of the node above it, if the next line is indented less than the comment and than that node. */
  #endIfOther(indent: number, isAfterBlank: boolean, { indent: block, node }: Above): void {
    if (this.#text === '' || indent === this.#indent) return
    if (isAfterBlank || !this.#isAttached || indent >= block || node === undefined) throw new NotPlainBlocks()
    const target = node.key !== undefined && node.parent?.kind === 'mapping' ? node.key : node
    if (target.footComment !== '') throw new NotPlainBlocks()
    target.footComment = this.#text
    this.#text = ''
  }

  /** Rejects a blank line after a comment that is attached to the node above: it would be that node's foot comment. */
  #pass(offset: number, isAfterBlank: boolean): void {
    if (offset - this.#end > FARTHEST) throw new NotPlainBlocks()
    if (!isAfterBlank) return
    if (this.#isAttached) throw new NotPlainBlocks()
    this.#text += '\n'
  }

  get isEmpty(): boolean {
    return this.#gathered === '' && this.#text === ''
  }

  /** Whether the comment may go on in the next line. */
  get isOpen(): boolean {
    return this.#text !== ''
  }

  take(): string {
    const gathered = this.#gathered
    this.#gathered = ''
    return gathered
  }
}

/** The innermost collection above a comment, and its last scalar if nothing comes between them. */
export interface Above {
  readonly indent: number
  readonly node: Node | undefined
}

/** Offset and indentation of the first character of a line, and whether a blank line is above it. */
export interface CommentLine {
  readonly offset: number
  readonly indent: number
  readonly isAfterBlank: boolean
}
