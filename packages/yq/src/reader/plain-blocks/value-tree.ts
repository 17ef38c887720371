import { Style } from '../../tree/node.ts'
import { setMember } from '../../tree/set-member.ts'
import { BlockTree, type CollectionKind } from './block-tree.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** A document as JavaScript values. Mappings are objects by the text of their keys. */
export type BlockValue<Scalar> = Scalar | BlockCollection<Scalar>
export type BlockCollection<Scalar> = BlockValue<Scalar>[] | { [key: string]: BlockValue<Scalar> }

/** The value of a scalar by its unquoted text and its `Style`. */
export type ScalarOf<Scalar> = (text: string, style: number) => Scalar

/** Builds values without nodes. A duplicate key, a merge key, an anchor and an alias need the nodes. */
export class ValueTree<Scalar> extends BlockTree<BlockCollection<Scalar>> {
  readonly #scalarOf: ScalarOf<Scalar>
  /** The last key of the innermost open mapping. */
  #key = ''
  #flow: BlockCollection<Scalar> | undefined
  /** The key in the flow mapping that has no value yet. */
  #flowKey: string | undefined

  constructor(scalarOf: ScalarOf<Scalar>) {
    super()
    this.#scalarOf = scalarOf
  }

  addKey(text: string, style: number): void {
    this.#requireNew(text, style, this.top)
    this.#key = text
  }

  addScalar(text: string, style: number): void {
    this.#add(this.takeParent(), this.#scalar(text, style))
  }

  extendScalar(text: string): void {
    const value = this.#scalarOf(text, Style.plain)
    if (Array.isArray(this.top)) this.top[this.top.length - 1] = value
    else if (this.top !== undefined) setMember(this.top, this.#key, value)
  }

  addAlias(): void {
    throw new NotPlainBlocks()
  }

  expectAnchored(): void {
    throw new NotPlainBlocks()
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
    if (this.#flow !== undefined) this.giveValue(this.#flow)
    this.#flow = undefined
  }

  protected addNothing(): void {
    this.addScalar('', Style.plain)
  }

  protected openCollection(kind: CollectionKind): BlockCollection<Scalar> {
    this.count()
    return kind === 'sequence' ? [] : {}
  }

  protected giveValue(collection: BlockCollection<Scalar>): void {
    this.#add(this.takeParent(), collection)
  }

  protected endCollection(): void {}

  #add(parent: BlockCollection<Scalar>, value: BlockValue<Scalar>): void {
    if (Array.isArray(parent)) parent.push(value)
    else setMember(parent, this.#key, value)
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
