import { limitFault } from '../evaluator/evaluation-fault.ts'

/** Nodes that a run may hold besides its documents, at about 250 bytes each. */
const MAX_NODES = 2_000_000
/** One visit, comparison or copy of a node each: some seconds. */
const MAX_STEPS = 50_000_000
/** Characters of one text that an expression makes. */
const MAX_CHARACTERS = 16 * 1024 * 1024
/** A text of so many characters counts as a node. */
const CHARACTERS_A_NODE = 128
/** So little is not worth looking at what is left of it. */
const UNSETTLED = 250_000

/** What a run held when some part of it began. */
export interface Mark {
  readonly held: number
  readonly pinned: number
  /** What was left when the part was looked at last. */
  kept: number
}

/**
 * What one run of a program may hold and do. A short expression can double a document forty times, or compare
 * every item with every other; each ends here, with a sentence that says which bound it met. The bounds depend
 * on nothing but the documents, so that a script works on every machine or on none.
 */
export class NodeBudget {
  #held = 0
  #pinned = 0
  #steps = 0
  readonly #most: number

  /** `ownSize`: the nodes of the documents; a run may hold four times as many. */
  constructor(ownSize: number) {
    this.#most = Math.max(MAX_NODES, 4 * ownSize)
  }

  /**
   * Nodes that were made, or are about to be.
   *
   * @throws YqFault of code `limit-exceeded`, as all below
   */
  take(nodes: number): void {
    this.#held += nodes
    this.step(2 * nodes)
    if (this.#held > this.#most) throw limitFault(`this would make more than ${this.#most} nodes`)
  }

  /** What was made since `mark` is given back by no `settle`: a variable holds it. */
  keep(mark: Mark): void {
    this.#pinned += this.#held - mark.held
  }

  /** What was made since `mark` is gone. */
  release(mark: Mark): void {
    this.#held = Math.min(this.#held, mark.held)
  }

  /** A text that was made, or is about to be. */
  takeText(length: number): void {
    requireShort(length)
    this.step(length / 8)
    if (length >= CHARACTERS_A_NODE) this.take(Math.floor(length / CHARACTERS_A_NODE))
  }

  /** Work that leaves nothing behind. */
  step(steps: number): void {
    this.#steps += steps
    if (this.#steps > MAX_STEPS) throw limitFault(`this would take more than ${MAX_STEPS} steps`)
  }

  /** How many results one expression may have. */
  requireFew(results: number): void {
    if (results > this.#most) {
      throw limitFault(`this would give more than ${this.#most} results`)
    }
  }

  /** How many nodes may still be made. */
  get left(): number {
    return Math.max(0, this.#most - this.#held)
  }

  mark(): Mark {
    return { held: this.#held, pinned: this.#pinned, kept: 0 }
  }

  /** Gives back what was made since `mark`, except what is left of it, which `measure` counts. */
  settle(mark: Mark, measure: () => number): void {
    const made = this.#held - mark.held
    if (made < UNSETTLED || made < 2 * mark.kept) return
    mark.kept = measure() + this.#pinned - mark.pinned
    this.#held = mark.held + Math.min(made, mark.kept)
  }
}

let current: NodeBudget | undefined

/** A text may not become so long. */
export function requireShort(length: number): void {
  if (length > MAX_CHARACTERS) throw limitFault(`a text would have more than ${MAX_CHARACTERS} characters`)
}

/** Runs `work`, in which all that makes or visits nodes is counted. */
export function withBudget<Result>(budget: NodeBudget, work: () => Result): Result {
  const outer = current
  current = budget
  try {
    return work()
  } finally {
    current = outer
  }
}

/** Forgets the run that is going on, for who has stopped it by force, so that no `finally` ran. */
export function abandonRuns(): void {
  current = undefined
}

/** As the methods of the budget of the run that is going on; without one, such as in a reader of a file, nothing is counted. */
export function takeNodes(nodes: number): void {
  current?.take(nodes)
}

export function takeText(length: number): void {
  current?.takeText(length)
}

export function takeSteps(steps: number): void {
  current?.step(steps)
}

export function nodesLeft(): number {
  return current?.left ?? Number.POSITIVE_INFINITY
}
