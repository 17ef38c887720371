import { NodeBound } from '../../budget/memory-bounds.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** The full reader reads deeper documents. */
const DEEPEST = 1000

export type CollectionKind = 'mapping' | 'sequence'

/** A block collection that may get more children. */
interface Open<Item> {
  readonly item: Item
  readonly kind: CollectionKind
  /** Spaces in front of its keys or dashes. */
  readonly indent: number
  /** Whether it is a sequence whose dashes are at the column of its key. */
  readonly isIndentless: boolean
}

/**
 * What is read so far, and the open collections that the next items are added to. The reader of blocks calls the methods in the order
 * of the text. Offsets are UTF-16 offsets in the text.
 *
 * @typeParam Item what a collection becomes: a node or a value
 */
export abstract class BlockTree<Item> {
  root: Item | undefined
  /** The current line: its 1-based number, and the offset of its start. Positions are numbers, since an object for each takes time. */
  line = 0
  lineStart = 0
  /** Indentation of the innermost open collection; -1 outside of any. */
  outer = -1
  /** The innermost open collection. */
  protected top: Item | undefined
  readonly #bound = new NodeBound()
  readonly #open: Open<Item>[] = []
  #count = 0
  /** Whether the last dash or key has no value yet. */
  #lacksValue = false

  /** Begins a line that is neither blank nor a comment. */
  startLine(offset: number): void {
    this.lineStart = offset
  }

  /** Ends the collections to which a line with this indentation cannot belong. */
  close(indent: number, isDash: boolean): void {
    for (let last = this.#open.at(-1); last !== undefined; last = this.#open.at(-1)) {
      if (last.indent < indent || (last.indent === indent && (isDash || !last.isIndentless))) return
      this.#addMissing()
      this.endCollection(last.item)
      this.#open.pop()
      const above = this.#open.at(-1)
      this.outer = above?.indent ?? -1
      this.top = above?.item
    }
  }

  /** Makes the collection of a dash or key with this indentation the innermost one. Opens it if it is new. */
  enter(kind: CollectionKind, indent: number, offset: number): void {
    const last = this.#open.at(-1)
    if (last?.indent === indent && last.kind === kind) return this.#addMissing()
    const isIndentless = last?.indent === indent && kind === 'sequence'
    const mayBegin = last === undefined ? this.root === undefined && indent === 0 : this.#lacksValue
    if (!mayBegin || (indent <= this.outer && !isIndentless)) throw new NotPlainBlocks()
    if (this.#open.length >= DEEPEST) throw new NotPlainBlocks()
    const item = this.openCollection(kind, offset)
    if (last === undefined) this.root = item
    else this.giveValue(item)
    this.#open.push({ item, kind, indent, isIndentless })
    this.top = item
    this.outer = indent
  }

  /** Makes the next item the value of the dash or key that ends at `offset`. */
  expectValue(_offset: number): void {
    this.#lacksValue = true
  }

  #addMissing(): void {
    if (this.#lacksValue) this.addNothing()
  }

  /** Makes the next item the value of the last dash or key. Returns the collection to add it to. */
  protected takeParent(): Item {
    if (this.top === undefined || !this.#lacksValue) throw new NotPlainBlocks()
    this.#lacksValue = false
    return this.top
  }

  /** Counts one more node or value. */
  protected count(): void {
    if (this.#bound.exceededBy(++this.#count) !== undefined) throw new NotPlainBlocks()
  }

  /** Adds a key to the innermost collection, which is a mapping. */
  abstract addKey(text: string, style: number, offset: number, end: number): void
  /** Adds a scalar as the value of the last dash or key. */
  abstract addScalar(text: string, style: number, offset: number, end: number): void
  /** Replaces the text of the last scalar, a plain one that continues on this line. */
  abstract extendScalar(text: string, end: number): void
  /** Adds an alias as the value of the last dash or key. */
  abstract addAlias(name: string, offset: number, end: number): void
  /** Sets the anchor of the next item. */
  abstract expectAnchored(name: string, offset: number): void
  /** Begins a flow collection. Its items, or its keys and values alternately, follow by `addWord`. */
  abstract openFlow(kind: CollectionKind, offset: number): void
  abstract addWord(text: string, style: number, offset: number, end: number): void
  /** Adds the flow collection as the value of the last dash or key. */
  abstract closeFlow(end: number): void

  /** Adds an empty scalar as the value of the last dash or key. */
  protected abstract addNothing(): void
  protected abstract openCollection(kind: CollectionKind, offset: number): Item
  protected abstract giveValue(collection: Item): void
  protected abstract endCollection(collection: Item): void
}
