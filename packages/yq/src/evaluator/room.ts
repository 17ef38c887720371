import { mostNodes } from '../reader/memory-bounds.ts'
import type { Node } from '../tree/node.ts'
import { limitFault } from './evaluation-fault.ts'
import { treeSize } from './tree-size.ts'

/** So many fit in any process. */
const ALWAYS_FITS = 500_000

/**
 * What one operator may make for all its matches together. Each may get a copy of what is below it, so that
 * `.. * {}` and `.. | path` grow with the square of the depth of a document.
 */
export class Room {
  #taken = 0

  /** @throws YqFault of code `limit-exceeded` when there is none left */
  take(nodes: number): void {
    this.#taken += nodes
    if (this.#taken <= ALWAYS_FITS) return
    // The other half is for the documents themselves.
    const limit = Math.max(ALWAYS_FITS, Math.floor(mostNodes() / 2))
    if (this.#taken > limit) throw limitFault(`this would make more than ${limit} nodes`)
  }

  takeTree(root: Node): void {
    this.take(root.content.length === 0 ? 1 : treeSize([root], mostNodes()))
  }
}
