import { sharedGrowthFault } from './script-fault.ts'

/** Go's backing array of slices. Slices of the same array see each other's changes. */
interface BackingArray<Item> {
  readonly cells: Item[]
  readonly capacity: number
  /** The number of nodes that use a slice of it. */
  holders: number
}

/** Up to here every Go doubles; then its versions differ. */
const MAX_DOUBLED = 512

/**
 * A slice, of nodes, as Go has it: yq 3 gives one slice to several nodes, and whether a later change below one of
 * them shows below the others is decided by the array that they share, its capacity, and their own lengths.
 */
export class Slice<Item> {
  static readonly empty: Slice<never> = new Slice<never>({ cells: [], capacity: 0, holders: 0 }, 0)

  readonly length: number
  readonly #array: BackingArray<Item>

  private constructor(array: BackingArray<Item>, length: number) {
    this.#array = array
    this.length = length
  }

  /** The slice that go-yaml's reader makes: children are appended one by one. */
  static read<Item>(nodes: Item[]): Slice<Item> {
    if (nodes.length === 0) return Slice.empty
    const capacity = 2 ** Math.ceil(Math.log2(nodes.length))
    return new Slice({ cells: nodes, capacity, holders: 0 }, nodes.length)
  }

  at(index: number): Item | undefined {
    return index < this.length ? this.#array.cells[index] : undefined
  }

  set(index: number, node: Item): void {
    this.#array.cells[index] = node
  }

  /** Notes that one more node holds this slice. */
  hold(): this {
    this.#array.holders += 1
    return this
  }

  /**
   * Writes into the array where it has room, whoever else holds it; else into a copy with more room.
   *
   * @throws YqFault `unsupported` where Go's versions would differ
   */
  append(...nodes: Item[]): Slice<Item> {
    const { cells, capacity, holders } = this.#array
    const length = this.length + nodes.length
    if (holders > 1 && length > MAX_DOUBLED) throw sharedGrowthFault(MAX_DOUBLED)
    if (length > capacity) {
      const grown = { cells: [...this, ...nodes], capacity: Math.max(capacity * 2, length), holders: 0 }
      return new Slice(grown, length)
    }
    for (const [index, node] of nodes.entries()) cells[this.length + index] = node
    return new Slice(this.#array, length)
  }

  /** Moves what follows an item one to the front, in the array that is there. Its last cell keeps what it had. */
  without(index: number): Slice<Item> {
    this.#array.cells.copyWithin(index, index + 1, this.length)
    return new Slice(this.#array, this.length - 1)
  }

  *[Symbol.iterator](): Generator<Item, void, undefined> {
    for (let index = 0; index < this.length; index++) {
      const node = this.#array.cells[index]
      if (node !== undefined) yield node
    }
  }
}
