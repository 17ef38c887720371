import { Node, Style } from '../../tree/node.ts'
import { resolveTag } from '../../tree/resolve-tag.ts'
import { BlockTree, type CollectionKind } from './block-tree.ts'
import { type Above, type CommentLine, HeadComment } from './head-comment.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

const COLLECTION_TAGS = { mapping: '!!map', sequence: '!!seq' } as const

/** An anchor and its position: UTF-16 offset from 0; line and column from 1. */
interface Anchor {
  readonly name: string
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Builds nodes, with their positions and comments. */
export class NodeTree extends BlockTree<Node> {
  readonly #head = new HeadComment()
  /** Comment above a dash whose item is a block collection: it belongs to that collection. */
  #stem = ''
  readonly #anchors = new Map<string, Node>()
  /** The anchor of the next node. */
  #anchor: Anchor | undefined
  /** The last value. */
  #last: Node | undefined
  /** Whether the last value is a scalar that ends at the end of the previous line. */
  #isLastAbove = false
  #flow: Node | undefined
  /** The offset after the last node. */
  #end = 0
  /** The position after the last dash or key. */
  #lackingAt = 0
  #lackingLine = 0
  #lackingColumn = 0

  override startLine(offset: number): void {
    super.startLine(offset)
    this.#isLastAbove = false
  }

  override expectValue(offset: number): void {
    super.expectValue(offset)
    this.#lackingAt = offset
    this.#lackingLine = this.line
    this.#lackingColumn = this.#columnOf(offset)
  }

  addKey(text: string, style: number, offset: number, end: number): void {
    addTo(this.#requireTop(), this.#scalar(text, style, offset, end))
  }

  addScalar(text: string, style: number, offset: number, end: number): void {
    this.giveValue(this.#scalar(text, style, offset, end))
    this.#isLastAbove = true
  }

  extendScalar(text: string, end: number): void {
    const node = this.#requireLast()
    node.value = text
    node.tag = resolveTag(text)
    this.#endAt(node, end)
  }

  addAlias(name: string, offset: number, end: number): void {
    const target = this.#anchors.get(name)
    // An alias cannot have an anchor.
    if (target === undefined || this.#anchor !== undefined) throw new NotPlainBlocks()
    const node = new Node('alias', '', name)
    node.alias = target
    this.#attachHead(node)
    this.#place(node, offset, end)
    this.giveValue(node)
  }

  expectAnchored(name: string, offset: number): void {
    if (this.#anchor !== undefined) throw new NotPlainBlocks()
    this.#anchor = { name, offset, line: this.line, column: this.#columnOf(offset) }
  }

  openFlow(kind: CollectionKind, offset: number): void {
    this.#flow = this.#collection(kind, offset)
    this.#flow.style = Style.flow
    this.#attachHead(this.#flow)
  }

  addWord(text: string, style: number, offset: number, end: number): void {
    if (this.#flow !== undefined) addTo(this.#flow, this.#scalar(text, style, offset, end))
  }

  closeFlow(end: number): void {
    const node = this.#flow
    if (node === undefined) return
    this.#endAt(node, end)
    this.giveValue(node)
    this.#flow = undefined
  }

  protected addNothing(): void {
    if (this.#anchor !== undefined) throw new NotPlainBlocks()
    const node = new Node('scalar', '!!null')
    this.#place(node, this.#lackingAt, this.#lackingAt)
    node.line = this.#lackingLine
    node.column = this.#lackingColumn
    this.giveValue(node)
  }

  protected openCollection(kind: CollectionKind, offset: number): Node {
    const node = this.#collection(kind, offset)
    node.headComment = this.#stem
    this.#stem = ''
    return node
  }

  protected giveValue(node: Node): void {
    addTo(this.takeParent(), node)
    this.#last = node
  }

  protected endCollection(node: Node): void {
    node.end = this.#end
  }

  #requireTop(): Node {
    if (this.top === undefined) throw new NotPlainBlocks()
    return this.top
  }

  #requireLast(): Node {
    if (this.#last === undefined) throw new NotPlainBlocks()
    return this.#last
  }

  #scalar(text: string, style: number, offset: number, end: number): Node {
    const node = new Node('scalar', style === Style.plain ? resolveTag(text) : '!!str', text)
    node.style = style
    this.#attachHead(node)
    this.#place(node, offset, end)
    return node
  }

  #collection(kind: CollectionKind, offset: number): Node {
    const node = new Node(kind, COLLECTION_TAGS[kind])
    this.#place(node, offset, offset)
    return node
  }

  /** Sets the position of a node of the current line, and its anchor if one is pending. */
  #place(node: Node, offset: number, end: number): void {
    this.count()
    node.line = this.line
    node.column = this.#columnOf(offset)
    node.start = offset
    this.#endAt(node, end)
    if (this.#anchor !== undefined) this.#giveAnchor(node, this.#anchor)
  }

  /** The 1-based column of an offset of the current line. */
  #columnOf(offset: number): number {
    return offset - this.lineStart + 1
  }

  #endAt(node: Node, end: number): void {
    node.end = end
    this.#end = end
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

  /** Moves the pending head comment to the node. */
  #attachHead(node: Node): void {
    if (!this.#head.isEmpty) node.headComment = this.#head.take()
  }

  /** The context above the next line. */
  get #above(): Above {
    return { indent: this.outer, node: this.#isLastAbove ? this.#last : undefined }
  }

  /** Whether a comment above the next node may go on in the next line. */
  get hasOpenComment(): boolean {
    return this.#head.isOpen
  }

  get hasHeadComment(): boolean {
    return !this.#head.isEmpty
  }

  /** Adds a comment that has a line of its own. */
  addCommentLine(text: string, line: CommentLine): void {
    // The comment above the first node may belong to the document.
    if (this.root === undefined) throw new NotPlainBlocks()
    this.#head.add(text, line, this.#above)
  }

  /** Ends the comment above a node. */
  endComment(line: CommentLine): void {
    this.#head.end(line, this.#above)
  }

  /** Keeps the head comment for the collection that begins after a dash. */
  moveHeadToStem(): void {
    this.#stem = this.#head.take()
  }

  /** Sets the comment after the last value, on its line. */
  setLineComment(text: string): void {
    this.#requireLast().lineComment = text
  }
}

/** Adds an item to a sequence, or the next key or value to a mapping. */
function addTo(parent: Node, node: Node): void {
  const { content } = parent
  node.parent = parent
  if (parent.kind === 'sequence') node.setIndex(content.length, true)
  else if (content.length % 2 === 0) node.isMapKey = true
  else node.key = content.at(-1)
  content.push(node)
}
