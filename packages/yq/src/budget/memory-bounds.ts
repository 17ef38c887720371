import { nodesLeft } from './node-budget.ts'

/** About what a node takes, with its texts, its place in its parent and the token that it was read from. */
const BYTES_A_NODE = 700
/** What a browser gives a page at least. */
const USUAL_HEAP = 2 * 1024 ** 3

/** So many nodes fit into every process. */
const FEW = 50_000

/**
 * How many nodes a text may have, so that reading it ends with an error and not with the process. Node gives
 * a process 2 to 4 GB by default, which is 3 to 6 million nodes. A text that an expression reads has what is left
 * to the run. The heap is looked at for large texts only: the module that knows it takes 2 ms to load.
 */
export class NodeBound {
  #most = Math.min(FEW, nodesLeft())
  #isKnown = false

  /** The bound that was exceeded, or undefined. */
  exceededBy(nodes: number): number | undefined {
    if (nodes <= this.#most) return undefined
    if (!this.#isKnown) {
      this.#most = Math.min(Math.floor(heapLimit() / BYTES_A_NODE), nodesLeft())
      this.#isKnown = true
    }
    return nodes > this.#most ? this.#most : undefined
  }
}

/** Asks Node where there is one: this package loads in browsers, too. */
function heapLimit(): number {
  const { process } = globalThis as { process?: Pick<NodeJS.Process, 'getBuiltinModule'> }
  return process?.getBuiltinModule?.('node:v8').getHeapStatistics().heap_size_limit ?? USUAL_HEAP
}
