import { Style } from '../../tree/node.ts'
import { setMember } from '../../tree/set-member.ts'
import { BlockTree, type CollectionKind } from './block-tree.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** A document as JavaScript values. Mappings are objects by the text of their keys. */
export type BlockValue<Scalar> = Scalar | BlockCollection<Scalar>
export type BlockCollection<Scalar> = BlockValue<Scalar>[] | { [key: string]: BlockValue<Scalar> }

/** The value of a scalar by its unquoted text and its `Style`. It is no array and no plain object. */
export type ScalarOf<Scalar> = (text: string, style: number) => Scalar

/** A value with an anchor. */
interface Anchored<Scalar> {
  readonly value: BlockValue<Scalar>
  /** Whether it is a collection that is not complete yet. */
  isOpen: boolean
}

/** Builds values without nodes. An alias becomes a copy. A duplicate key, a merge key and an alias inside of its target need the nodes. */
export class ValueTree<Scalar> extends BlockTree<BlockCollection<Scalar>> {
  readonly #scalarOf: ScalarOf<Scalar>
  /** The last key of the innermost open mapping. */
  #key = ''
  #flow: BlockCollection<Scalar> | undefined
  /** The key in the flow mapping that has no value yet. */
  #flowKey: string | undefined
  /** The anchor of the next value. */
  #anchor: string | undefined
  readonly #anchors = new Map<string, Anchored<Scalar>>()
  readonly #openAnchors = new Map<BlockCollection<Scalar>, Anchored<Scalar>>()
  /** Whether the last scalar has an anchor. */
  #isAnchored = false

  constructor(scalarOf: ScalarOf<Scalar>) {
    super()
    this.#scalarOf = scalarOf
  }

  addKey(text: string, style: number): void {
    this.#requireNew(text, style, this.top)
    this.#key = text
  }

  addScalar(text: string, style: number): void {
    const value = this.#scalar(text, style)
    this.#isAnchored = this.#anchor !== undefined
    this.#giveAnchor(value, false)
    this.#add(this.takeParent(), value)
  }

  extendScalar(text: string): void {
    if (this.#isAnchored) throw new NotPlainBlocks()
    const value = this.#scalarOf(text, Style.plain)
    if (Array.isArray(this.top)) this.top[this.top.length - 1] = value
    else if (this.top !== undefined) setMember(this.top, this.#key, value)
  }

  addAlias(name: string): void {
    const target = this.#anchors.get(name)
    if (target === undefined || target.isOpen || this.#anchor !== undefined) throw new NotPlainBlocks()
    this.#add(this.takeParent(), this.#copy(target.value))
  }

  expectAnchored(name: string): void {
    if (this.#anchor !== undefined) throw new NotPlainBlocks()
    this.#anchor = name
  }

  openFlow(kind: CollectionKind): void {
    this.#flow = this.openCollection(kind)
  }

  addWord(text: string, style: number): void {
    if (Array.isArray(this.#flow)) this.#flow.push(this.#scalar(text, style))
    else if (this.#flowKey === undefined) {
      this.#requireNew(text, style, this.#flow)
      this.#flowKey = text
    } else {
      if (this.#flow !== undefined) setMember(this.#flow, this.#flowKey, this.#scalar(text, style))
      this.#flowKey = undefined
    }
  }

  closeFlow(): void {
    if (this.#flow === undefined) return
    this.giveValue(this.#flow)
    this.endCollection(this.#flow)
    this.#flow = undefined
  }

  protected addNothing(): void {
    if (this.#anchor !== undefined) throw new NotPlainBlocks()
    this.addScalar('', Style.plain)
  }

  protected openCollection(kind: CollectionKind): BlockCollection<Scalar> {
    this.count()
    const collection = kind === 'sequence' ? [] : {}
    this.#giveAnchor(collection, true)
    return collection
  }

  protected giveValue(collection: BlockCollection<Scalar>): void {
    this.#add(this.takeParent(), collection)
  }

  protected endCollection(collection: BlockCollection<Scalar>): void {
    const anchored = this.#openAnchors.get(collection)
    if (anchored !== undefined) anchored.isOpen = false
  }

  #add(parent: BlockCollection<Scalar>, value: BlockValue<Scalar>): void {
    if (Array.isArray(parent)) parent.push(value)
    else setMember(parent, this.#key, value)
  }

  #giveAnchor(value: BlockValue<Scalar>, isOpen: boolean): void {
    if (this.#anchor === undefined) return
    const anchored = { value, isOpen }
    this.#anchors.set(this.#anchor, anchored)
    if (isCollection(value)) this.#openAnchors.set(value, anchored)
    this.#anchor = undefined
  }

  #copy(value: BlockValue<Scalar>): BlockValue<Scalar> {
    const copyOf = (child: BlockValue<Scalar>): BlockValue<Scalar> => {
      this.count()
      if (!isCollection(child)) return child
      const copy = Array.isArray(child) ? [...child] : { ...child }
      copies.push(copy)
      return copy
    }
    const copies: BlockCollection<Scalar>[] = []
    const copied = copyOf(value)
    for (let copy = copies.pop(); copy !== undefined; copy = copies.pop()) {
      if (Array.isArray(copy)) copy.forEach((child, index, items) => (items[index] = copyOf(child)))
      else for (const [key, child] of Object.entries(copy)) setMember(copy, key, copyOf(child))
    }
    return copied
  }

  #scalar(text: string, style: number): Scalar {
    this.count()
    return this.#scalarOf(text, style)
  }

  #requireNew(key: string, style: number, mapping: BlockCollection<Scalar> | undefined): void {
    this.count()
    const isMergeKey = key === '<<' && style === Style.plain
    if (mapping === undefined || isMergeKey || Object.hasOwn(mapping, key)) throw new NotPlainBlocks()
  }
}

function isCollection<Scalar>(value: BlockValue<Scalar>): value is BlockCollection<Scalar> {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
