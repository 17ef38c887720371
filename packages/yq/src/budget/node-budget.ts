import { limitFault } from '../evaluator/evaluation-fault.ts'

/** The largest number of nodes that a run creates beside its documents, at about 250 bytes each. */
const MAX_NODES = 2_000_000
/** A step is one visit, comparison or copy of a node; this many take some seconds. */
const MAX_STEPS = 50_000_000
/** The longest string that an expression creates. */
const MAX_CHARACTERS = 16 * 1024 * 1024
/** This many characters of text count as one node. */
const CHARACTERS_PER_NODE = 128
/** Below this many nodes, the remaining nodes are not counted. */
const MIN_COUNTED = 250_000

/** The state of a budget at the start of a part of the run. */
export interface Mark {
  readonly held: number
  readonly pinned: number
  /** The number of remaining nodes at the last count. */
  kept: number
}

/**
 * The limits of one run on nodes and steps. A short expression can double a document forty times, or compare every
 * item with every other one. The limits depend only on the documents, so a script works on every machine or on none.
 */
export class NodeBudget {
  #held = 0
  #pinned = 0
  #steps = 0
  readonly #most: number

  /** `ownSize`: the number of nodes of the documents; a run may have four times as many. */
  constructor(ownSize: number) {
    this.#most = Math.max(MAX_NODES, 4 * ownSize)
  }

  /**
   * Counts nodes that were or will be created.
   *
   * @throws YqFault of code `limit-exceeded`, as all below
   */
  take(nodes: number): void {
    this.#held += nodes
    this.step(2 * nodes)
    if (this.#held > this.#most) throw limitFault(`this would make more than ${this.#most} nodes`)
  }

  /** Keeps the nodes created since `mark` counted, because a variable refers to them. */
  keep(mark: Mark): void {
    this.#pinned += this.#held - mark.held
  }

  /** Stops counting the nodes created since `mark`. */
  release(mark: Mark): void {
    this.#held = Math.min(this.#held, mark.held)
  }

  /** Counts a string that was or will be created. */
  takeText(length: number): void {
    requireTextLength(length)
    this.step(length / 8)
    if (length >= CHARACTERS_PER_NODE) this.take(Math.floor(length / CHARACTERS_PER_NODE))
  }

  /** Counts work that creates no nodes. */
  step(steps: number): void {
    this.#steps += steps
    if (this.#steps > MAX_STEPS) throw limitFault(`this would take more than ${MAX_STEPS} steps`)
  }

  /** Checks the number of results of one expression. */
  requireResultCount(results: number): void {
    if (results > this.#most) {
      throw limitFault(`this would have more than ${this.#most} results`)
    }
  }

  /** How many more nodes may be created. */
  get left(): number {
    return Math.max(0, this.#most - this.#held)
  }

  mark(): Mark {
    return { held: this.#held, pinned: this.#pinned, kept: 0 }
  }

  /** Stops counting the nodes created since `mark`, except those that remain, which `measure` counts. */
  settle(mark: Mark, measure: () => number): void {
    const made = this.#held - mark.held
    if (made < MIN_COUNTED || made < 2 * mark.kept) return
    mark.kept = measure() + this.#pinned - mark.pinned
    this.#held = mark.held + Math.min(made, mark.kept)
  }
}

let current: NodeBudget | undefined

/** Checks the length of a string. */
export function requireTextLength(length: number): void {
  if (length > MAX_CHARACTERS) throw limitFault(`a string would have more than ${MAX_CHARACTERS} characters`)
}

/** Runs `work` and counts the nodes that it creates and visits. */
export function withBudget<Result>(budget: NodeBudget, work: () => Result): Result {
  const outer = current
  current = budget
  try {
    return work()
  } finally {
    current = outer
  }
}

/** Resets the current run after it was terminated without its `finally` blocks. */
export function abandonRuns(): void {
  current = undefined
}

/** Call the method of the current run's budget. Without a run, such as while reading a file, nothing is counted. */
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
