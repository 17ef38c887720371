import { NodeBound } from '../../budget/memory-bounds.ts'
import { Node } from '../../tree/node.ts'
import type { Above, HeadComment } from './head-comment.ts'
import { Unread } from './unread.ts'

/** Deeper documents are for the full reader. */
const DEEPEST = 1000

export type CollectionKind = 'mapping' | 'sequence'

const COLLECTION_TAGS = { mapping: '!!map', sequence: '!!seq' } as const

/** A position in a line; the column is 1-based. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** A block collection that more lines may belong to. */
interface Open {
  readonly node: Node
  /** How many characters its keys or dashes are from the left. */
  readonly indent: number
  /** Whether it is a sequence as far left as the key that it belongs to. */
  readonly isIndentless: boolean
}

/** The nodes that were read so far, and the collections to which the next ones may belong. */
export class BlockTree {
  root: Node | undefined
  /** The comment above a dash whose item is a block collection, which takes it. */
  stem = ''
  /** The scalar that ends the line, if one does. */
  last: Node | undefined
  readonly #head: HeadComment
  readonly #bound = new NodeBound()
  readonly #open: Open[] = []
  readonly #anchors = new Map<string, Node>()
  #count = 0
  /** The offset after the last node. */
  #end = 0
  /** The position after the last dash or key, as long as it lacks its value, and the anchor of that value. */
  #lacking: Position | undefined
  #anchor: (Position & { readonly name: string }) | undefined

  constructor(head: HeadComment) {
    this.#head = head
  }

  /** The indentation of the innermost collection; -1 outside of any. */
  get outer(): number {
    return this.#open.at(-1)?.indent ?? -1
  }

  /** What is above the line that comes. */
  get above(): Above {
    return { indent: this.outer, node: this.last }
  }

  /** Ends the collections that no line with so many spaces belongs to. */
  close(indent: number, isDash: boolean): void {
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.indent < indent || (top.indent === indent && (isDash || !top.isIndentless))) return
      this.#addMissing()
      top.node.end = this.#end
      this.#open.pop()
    }
  }

  /** The collection of the dash or key with so many spaces before it, which begins there if it is not the innermost one already. */
  enter(kind: CollectionKind, indent: number, position: Position): Node {
    const top = this.#open.at(-1)
    if (top?.indent === indent && top.node.kind === kind) {
      this.#addMissing()
      return top.node
    }
    const isIndentless = top?.indent === indent && kind === 'sequence'
    const mayBegin = top === undefined ? this.root === undefined && indent === 0 : this.#lacking !== undefined
    if (!mayBegin || (indent <= this.outer && !isIndentless)) throw new Unread()
    if (this.#open.length >= DEEPEST) throw new Unread()
    const node = this.collection(kind, position, position.offset)
    node.headComment = this.stem
    this.stem = ''
    if (top === undefined) this.root = node
    else this.addValue(node)
    this.#open.push({ node, indent, isIndentless })
    return node
  }

  /** Says that what ends at a position has no value yet. */
  expectValue(position: Position): void {
    this.#lacking = position
  }

  /** Adds what the last dash or key lacks. */
  addValue(node: Node): void {
    const parent = this.#open.at(-1)?.node
    if (parent === undefined || this.#lacking === undefined) throw new Unread()
    this.#lacking = undefined
    addTo(parent, node)
  }

  /** Gives the last dash or key an empty scalar if it has no value. */
  #addMissing(): void {
    if (this.#lacking === undefined) return
    if (this.#anchor !== undefined) throw new Unread()
    const node = new Node('scalar', '!!null')
    this.place(node, this.#lacking, this.#lacking.offset)
    this.addValue(node)
  }

  collection(kind: CollectionKind, position: Position, end: number): Node {
    const node = new Node(kind, COLLECTION_TAGS[kind])
    this.place(node, position, end)
    return node
  }

  /** Gives the node its place, and the anchor and the comment that wait for it. */
  place(node: Node, { offset, line, column }: Position, end: number): void {
    if (this.#bound.exceededBy(++this.#count) !== undefined) throw new Unread()
    node.line = line
    node.column = column
    node.start = offset
    this.endAt(node, end)
    if (this.#anchor !== undefined) this.#giveAnchor(node, this.#anchor)
  }

  endAt(node: Node, end: number): void {
    node.end = end
    this.#end = end
  }

  /** Gives the node the comment above it. */
  giveHead(node: Node): void {
    if (!this.#head.isEmpty) node.headComment = this.#head.take()
  }

  /** Keeps an anchor for the next node. */
  expectAnchored(name: string, position: Position): void {
    if (this.#anchor !== undefined) throw new Unread()
    this.#anchor = { name, ...position }
  }

  /** A node begins with its anchor. */
  #giveAnchor(node: Node, { name, offset, line, column }: Position & { readonly name: string }): void {
    node.anchor = name
    node.line = line
    node.column = column
    node.start = offset
    this.#anchors.set(name, node)
    this.#anchor = undefined
  }

  /** The node with an anchor, for an alias, which has none itself. */
  anchored(name: string): Node {
    const node = this.#anchors.get(name)
    if (node === undefined || this.#anchor !== undefined) throw new Unread()
    return node
  }
}

/** Adds an item, a key or a value. */
export function addTo(parent: Node, node: Node): void {
  const { content } = parent
  node.parent = parent
  if (parent.kind === 'sequence') node.setIndex(content.length, true)
  else if (content.length % 2 === 0) node.isMapKey = true
  else node.key = content.at(-1)
  content.push(node)
}
