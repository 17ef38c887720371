import type { SourceRange } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

interface Outcome {
  readonly range: SourceRange
  readonly obstacle: Node | undefined
  matched: boolean
}

/**
 * What the assignments of a run found to change. One whose path leads into a scalar changes nothing and, in yq,
 * says nothing; whether that is worth a warning shows only when the run is over, since it may find something in
 * another document, or in another item of a list.
 */
export class Assignments {
  readonly #outcomes = new Map<string, Outcome>()
  #isSought = false
  #obstacle: Node | undefined

  /** Calls `find`, which looks for what the assignment at `range` is to change. */
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

  /** A path cannot go on at `node`, which is neither a map nor a list. */
  meet(node: Node): void {
    if (this.#isSought) this.#obstacle ??= node
  }

  /** The assignments that met an obstacle, and never found anything to change. */
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
