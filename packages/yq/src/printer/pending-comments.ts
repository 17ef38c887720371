import type { Node } from '../tree/node.ts'
import type { Output } from './output.ts'

/**
 * Comments to be printed. As in go-yaml, a comment that cannot be printed at its node is printed at the next node that
 * allows it. This is why comments move.
 */
export class PendingComments {
  head = ''
  line = ''
  foot = ''
  /** The foot comment of the previous key, which is printed after its value. */
  tail = ''
  /** The line comment of the key of the next value. */
  keyLine = ''
  readonly #output: Output

  constructor(output: Output) {
    this.#output = output
  }

  /** Takes the comments at the start of a node. Line and foot comments of collections are taken at their end. */
  take(node: Node, foot: string, tail = ''): void {
    if (node.headComment !== '') this.head = node.headComment
    if (node.kind !== 'scalar' && node.kind !== 'alias') {
      if (node.kind === 'mapping' && tail !== '') this.tail = tail
      return
    }
    if (node.lineComment !== '') this.line = node.lineComment
    if (foot !== '') this.foot = foot
    if (node.kind === 'scalar' && tail !== '') this.tail = tail
  }

  takeEnd(line: string, foot: string, tail: string): void {
    if (tail !== '') this.tail = tail
    if (line !== '') this.line = line
    if (foot !== '') this.foot = foot
  }

  /** Whether a comment must be printed after the node, so that its comma must come first. */
  hasTrailing(): boolean {
    return this.line !== '' || this.foot !== '' || this.tail !== ''
  }

  /** Prints the foot comment of the previous key, and the head comment of the next node. */
  putHead(indent: number): void {
    if (this.tail !== '') {
      this.#putOwnLines(this.tail, indent)
      this.tail = ''
      this.#output.footIndent = Math.max(indent, 0)
    }
    if (this.head === '') return
    this.#putOwnLines(this.head, indent)
    this.head = ''
  }

  putLineAndFoot(indent: number): void {
    if (this.line !== '') this.putLine(indent)
    if (this.foot !== '') this.putFoot(indent)
  }

  putLine(indent: number): void {
    if (this.line === '') return
    if (!this.#output.isSpaced) this.#output.put(' ')
    this.#output.putComment(this.line, indent)
    this.line = ''
  }

  putFoot(indent: number): void {
    if (this.foot === '') return
    this.#putOwnLines(this.foot, indent)
    this.foot = ''
    this.#output.footIndent = Math.max(indent, 0)
  }

  #putOwnLines(comment: string, indent: number): void {
    this.#output.indentTo(indent)
    this.#output.putComment(comment, indent)
  }
}
