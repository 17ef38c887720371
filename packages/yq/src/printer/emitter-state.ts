import type { Edition } from '../edition.ts'
import type { Node } from '../tree/node.ts'
import { Output } from './output.ts'
import { PendingComments } from './pending-comments.ts'

/** A collection that is being printed. */
export interface Frame {
  readonly node: Node
  readonly isFlow: boolean
  readonly isMapping: boolean
  readonly place: Place
  /** Indentation of the enclosing collection. */
  readonly outerIndent: number
  /** Number of children begun; -1 before the collection is opened. */
  index: number
  /** Whether the last key was printed without `?`. */
  isSimpleKey: boolean
  /** In flow style: whether the comma after the last part is already printed, because a comment follows it. */
  hasComma: boolean
  /** The foot comment of the previous key, which is printed after that key's value. */
  tail: string
}

/** The role of a node in its collection. */
export interface Place {
  readonly isInMapping: boolean
  readonly isKey: boolean
  /** Whether it is a key without `?`. */
  readonly isSimpleKey: boolean
}

export const ALONE: Place = { isInMapping: false, isKey: false, isSimpleKey: false }
export const VALUE: Place = { isInMapping: true, isKey: false, isSimpleKey: false }
export const SIMPLE_KEY: Place = { isInMapping: true, isKey: true, isSimpleKey: true }
export const COMPLEX_KEY: Place = { isInMapping: true, isKey: true, isSimpleKey: false }

/** The state of a print: the text so far, and the collections that are open in it. */
export class EmitterState {
  readonly output: Output = new Output()
  readonly comments: PendingComments = new PendingComments(this.output)
  readonly indentWidth: number
  readonly compactSequences: boolean
  readonly edition: Edition
  readonly frames: Frame[] = []
  /** Set when the root's foot comment is printed last, with the document's. */
  root: Node | undefined
  indent = -1
  flowLevel = 0

  constructor(indentWidth: number, compactSequences: boolean, edition: Edition) {
    this.indentWidth = indentWidth
    this.compactSequences = compactSequences
    this.edition = edition
  }

  /** Indentation of the children of a collection in `around`. */
  deeper(around: Frame | undefined, isFlow: boolean, isCompact = false): number {
    const indent = this.indent
    const width = this.indentWidth
    if (indent < 0) return isFlow ? width : 0
    // In a sequence, the first level is as wide as the `- `.
    if (around !== undefined && !around.isMapping && !around.isFlow) return indent + 2
    return width * Math.floor((indent + width) / width) - (isCompact ? 2 : 0)
  }

  /** Takes the comments at the end of a collection. The root's foot comment is printed last, a key's after its value. */
  takeEndComments({ node, tail, place }: Frame): void {
    const hasFoot = node !== this.root && !place.isKey
    this.comments.takeEnd(node.lineComment, hasFoot ? node.footComment : '', tail)
  }
}
