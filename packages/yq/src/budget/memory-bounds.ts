import { nodesLeft } from './node-budget.ts'

/** Approximate memory of a node, including its text, its slot in the parent and its token. */
const BYTES_PER_NODE = 700
/** The least heap of a page in a browser. */
const USUAL_HEAP = 2 * 1024 ** 3

/** This many nodes fit into any process. */
const FEW = 50_000

/**
 * The limit on the nodes of a text, so that a larger one is an error and does not crash the process. Node gives a
 * process 2 to 4 GB by default, which is 3 to 6 million nodes. A text that an expression reads may use the rest of the
 * run's budget. The heap limit is read only for large texts, because loading its module takes 2 ms.
 */
export class NodeBound {
  #most = Math.min(FEW, nodesLeft())
  #isKnown = false

  /** The exceeded limit, or undefined. */
  exceededBy(nodes: number): number | undefined {
    if (nodes <= this.#most) return undefined
    if (!this.#isKnown) {
      this.#most = Math.min(Math.floor(heapLimit() / BYTES_PER_NODE), nodesLeft())
      this.#isKnown = true
    }
    return nodes > this.#most ? this.#most : undefined
  }
}

/** Node's heap limit, if there is one: this package also loads in browsers. */
function heapLimit(): number {
  const { process } = globalThis as { process?: Pick<NodeJS.Process, 'getBuiltinModule'> }
  return process?.getBuiltinModule?.('node:v8').getHeapStatistics().heap_size_limit ?? USUAL_HEAP
}
