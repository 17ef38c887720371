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
  #isSought = false
  #obstacle: Node | undefined

  /** Calls `find`, which searches the targets of the assignment at `range`. */
  look<Found extends { readonly nodes: readonly Node[] }>(range: SourceRange, find: () => Found): Found {
    const outer = { isSought: this.#isSought, obstacle: this.#obstacle }
    this.#isSought = true
    this.#obstacle = undefined
    try {
      const found = find()
      this.#note(range, found.nodes.length > 0)
      return found
    } finally {
      this.#isSought = outer.isSought
      this.#obstacle = outer.obstacle
    }
  }

  /** Records that a path ends at `node`, which is neither a map nor a list. */
  meet(node: Node): void {
    if (this.#isSought) this.#obstacle ??= node
  }

  /** The assignments that were blocked by a scalar and never matched anything. */
  *fruitless(): Generator<{ readonly range: SourceRange; readonly node: Node }> {
    for (const { range, obstacle, matched } of this.#outcomes.values()) {
      if (!matched && obstacle !== undefined) yield { range, node: obstacle }
    }
  }

  #note(range: SourceRange, matched: boolean): void {
    const identity = `${range.start} ${range.end}`
    const known = this.#outcomes.get(identity)
    if (known === undefined) this.#outcomes.set(identity, { range, matched, obstacle: this.#obstacle })
    else if (matched) known.matched = true
    else if (known.obstacle === undefined && this.#obstacle !== undefined) {
      this.#outcomes.set(identity, { ...known, obstacle: this.#obstacle })
    }
  }
}
