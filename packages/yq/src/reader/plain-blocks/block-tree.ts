import { NodeBound } from '../../budget/memory-bounds.ts'
import { Node } from '../../tree/node.ts'
import type { Above, HeadComment } from './head-comment.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** The full reader reads deeper documents. */
const DEEPEST = 1000

export type CollectionKind = 'mapping' | 'sequence'

const COLLECTION_TAGS = { mapping: '!!map', sequence: '!!seq' } as const

/** An anchor and its position: UTF-16 offset from 0; line and column from 1. */
interface Anchor {
  readonly name: string
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** A block collection that may get more children. */
interface Open {
  readonly node: Node
  /** Spaces in front of its keys or dashes. */
  readonly indent: number
  /** Whether it is a sequence whose dashes are at the column of its key. */
  readonly isIndentless: boolean
}

/** The nodes read so far, and the open collections that the next nodes are added to. */
export class BlockTree {
  root: Node | undefined
  /** The current line: its 1-based number, and the offset of its start. Positions are numbers, since an object for each takes time. */
  line = 0
  lineStart = 0
  /** Indentation of the innermost open collection; -1 outside of any. */
  outer = -1
  /** Comment above a dash whose item is a block collection: it belongs to that collection. */
  stem = ''
  /** The last scalar, if it ends at the end of the previous line. */
  last: Node | undefined
  readonly #head: HeadComment
  readonly #bound = new NodeBound()
  readonly #open: Open[] = []
  readonly #anchors = new Map<string, Node>()
  #count = 0
  /** The offset after the last node. */
  #end = 0
  /** The position after the last dash or key while it has no value; the offset is -1 otherwise. */
  #lackingAt = -1
  #lackingLine = 0
  #lackingColumn = 0
  /** The anchor of the next node. */
  #anchor: Anchor | undefined

  constructor(head: HeadComment) {
    this.#head = head
  }

  /** The context above the next line. */
  get above(): Above {
    return { indent: this.outer, node: this.last }
  }

  /** Ends the collections to which a line with this indentation cannot belong. */
  close(indent: number, isDash: boolean): void {
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.indent < indent || (top.indent === indent && (isDash || !top.isIndentless))) return
      this.#addMissing()
      top.node.end = this.#end
      this.#open.pop()
      this.outer = this.#open.at(-1)?.indent ?? -1
    }
  }

  /** The collection of a dash or key with this indentation: the innermost open one, or a new one. */
  enter(kind: CollectionKind, indent: number, offset: number): Node {
    const top = this.#open.at(-1)
    if (top?.indent === indent && top.node.kind === kind) {
      this.#addMissing()
      return top.node
    }
    const isIndentless = top?.indent === indent && kind === 'sequence'
    const mayBegin = top === undefined ? this.root === undefined && indent === 0 : this.#lackingAt >= 0
    if (!mayBegin || (indent <= this.outer && !isIndentless)) throw new NotPlainBlocks()
    if (this.#open.length >= DEEPEST) throw new NotPlainBlocks()
    const node = this.collection(kind, offset, offset)
    node.headComment = this.stem
    this.stem = ''
    if (top === undefined) this.root = node
    else this.addValue(node)
    this.#open.push({ node, indent, isIndentless })
    this.outer = indent
    return node
  }

  /** Makes the next node the value of the dash or key that ends at `offset`. */
  expectValue(offset: number): void {
    this.#lackingAt = offset
    this.#lackingLine = this.line
    this.#lackingColumn = this.#columnOf(offset)
  }

  /** Adds the value of the last dash or key. */
  addValue(node: Node): void {
    const parent = this.#open.at(-1)?.node
    if (parent === undefined || this.#lackingAt < 0) throw new NotPlainBlocks()
    this.#lackingAt = -1
    addTo(parent, node)
  }

  /** Adds an empty scalar if the last dash or key has no value. */
  #addMissing(): void {
    if (this.#lackingAt < 0) return
    if (this.#anchor !== undefined) throw new NotPlainBlocks()
    const node = new Node('scalar', '!!null')
    this.place(node, this.#lackingAt, this.#lackingAt)
    node.line = this.#lackingLine
    node.column = this.#lackingColumn
    this.addValue(node)
  }

  collection(kind: CollectionKind, offset: number, end: number): Node {
    const node = new Node(kind, COLLECTION_TAGS[kind])
    this.place(node, offset, end)
    return node
  }

  /** Sets the position of a node of the current line, and its anchor if one is pending. */
  place(node: Node, offset: number, end: number): void {
    if (this.#bound.exceededBy(++this.#count) !== undefined) throw new NotPlainBlocks()
    node.line = this.line
    node.column = this.#columnOf(offset)
    node.start = offset
    this.endAt(node, end)
    if (this.#anchor !== undefined) this.#giveAnchor(node, this.#anchor)
  }

  /** The 1-based column of an offset of the current line. */
  #columnOf(offset: number): number {
    return offset - this.lineStart + 1
  }

  endAt(node: Node, end: number): void {
    node.end = end
    this.#end = end
  }

  /** Moves the pending head comment to the node. */
  attachHead(node: Node): void {
    if (!this.#head.isEmpty) node.headComment = this.#head.take()
  }

  /** Sets the anchor of the next node. */
  expectAnchored(name: string, offset: number): void {
    if (this.#anchor !== undefined) throw new NotPlainBlocks()
    this.#anchor = { name, offset, line: this.line, column: this.#columnOf(offset) }
  }

  /** Sets the anchor of a node. The node begins there. */
  #giveAnchor(node: Node, { name, offset, line, column }: Anchor): void {
    node.anchor = name
    node.line = line
    node.column = column
    node.start = offset
    this.#anchors.set(name, node)
    this.#anchor = undefined
  }

  /** The target of an alias. An alias cannot have an anchor. */
  anchored(name: string): Node {
    const node = this.#anchors.get(name)
    if (node === undefined || this.#anchor !== undefined) throw new NotPlainBlocks()
    return node
  }
}

/** Adds an item to a sequence, or the next key or value to a mapping. */
export function addTo(parent: Node, node: Node): void {
  const { content } = parent
  node.parent = parent
  if (parent.kind === 'sequence') node.setIndex(content.length, true)
  else if (content.length % 2 === 0) node.isMapKey = true
  else node.key = content.at(-1)
  content.push(node)
}
