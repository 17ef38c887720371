import { sharedGrowthFault } from './script-fault.ts'

/** The backing array of Go slices. Slices of one array see each other's changes. */
interface BackingArray<Item> {
  readonly cells: Item[]
  readonly capacity: number
  /** The number of nodes that use a slice of it. */
  holders: number
}

/** Up to this length every Go version doubles the capacity; beyond, versions differ. */
const MAX_DOUBLED = 512

/**
 * A Go slice of nodes. yq 3 assigns one slice to several nodes. Whether a later change below one of them is visible below
 * the others depends on the shared array, its capacity, and the lengths of the slices.
 */
export class Slice<Item> {
  static readonly empty: Slice<never> = new Slice<never>({ cells: [], capacity: 0, holders: 0 }, 0)

  readonly length: number
  readonly #array: BackingArray<Item>

  private constructor(array: BackingArray<Item>, length: number) {
    this.#array = array
    this.length = length
  }

  /** The slice that go-yaml's reader creates by appending children one by one. */
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

  /** Counts one more node that uses this slice. */
  hold(): this {
    this.#array.holders += 1
    return this
  }

  /**
   * Writes to the array if it has capacity, even if other slices use it; else to a larger copy.
   *
   * @throws YqFault `unsupported` when Go versions would differ
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

  /** Removes an item in the same array. The array's last cell keeps its value. */
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
