import { sizeFault, stepsFault } from './script-fault.ts'

/** Bounds that keep time and memory finite: an alias may lead back to itself, an index may be any number. */
const MAX_STEPS = 3_000_000
const MAX_PADDED = 100_000

/** The steps and the padded items that all commands of one run may take together. */
export class ScriptBudget {
  #steps = 0
  #padded = 0

  /** @throws YqFault `limit-exceeded` when there are too many */
  step(): void {
    this.#steps += 1
    if (this.#steps > MAX_STEPS) throw stepsFault(MAX_STEPS)
  }

  /** Before `count` items are put at the end of a list. */
  pad(count: number): void {
    this.#padded += Math.max(count, 0)
    if (this.#padded > MAX_PADDED) throw sizeFault(MAX_PADDED)
  }
}
