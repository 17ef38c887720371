import type { SourceRange } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

interface Outcome {
  readonly range: SourceRange
  readonly obstacle: Node | undefined
  matched: boolean
}

/**
 * Records whether the assignments of a run matched anything. An assignment whose path leads into a scalar changes
 * nothing, silently in yq. Whether to warn is known only after the run, because it may match in another document or
 * list item.
 */
export class Assignments {
  readonly #outcomes = new Map<string, Outcome>()
  #isSearching = false
  #obstacle: Node | undefined

  /** Calls `find`, which searches the targets of the assignment at `range`. */
  findTargets<Found extends { readonly nodes: readonly Node[] }>(
    range: SourceRange,
    find: () => Found,
  ): Found {
    const outer = { isSearching: this.#isSearching, obstacle: this.#obstacle }
    this.#isSearching = true
    this.#obstacle = undefined
    try {
      const found = find()
      this.#record(range, found.nodes.length > 0)
      return found
    } finally {
      this.#isSearching = outer.isSearching
      this.#obstacle = outer.obstacle
    }
  }

  /** Records that a path ends at `node`, which is neither a map nor a list. */
  addObstacle(node: Node): void {
    if (this.#isSearching) this.#obstacle ??= node
  }

  /** The assignments that were blocked by a scalar and never matched anything. */
  *unmatched(): Generator<{ readonly range: SourceRange; readonly node: Node }> {
    for (const { range, obstacle, matched } of this.#outcomes.values()) {
      if (!matched && obstacle !== undefined) yield { range, node: obstacle }
    }
  }

  #record(range: SourceRange, matched: boolean): void {
    const identity = `${range.start} ${range.end}`
    const known = this.#outcomes.get(identity)
    if (known === undefined) this.#outcomes.set(identity, { range, matched, obstacle: this.#obstacle })
    else if (matched) known.matched = true
    else if (known.obstacle === undefined && this.#obstacle !== undefined) {
      this.#outcomes.set(identity, { ...known, obstacle: this.#obstacle })
    }
  }
}
