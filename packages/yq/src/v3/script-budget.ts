import { sizeFault, stepsFault } from './script-fault.ts'

/** Limits: an alias may contain itself, and an index may be any number. */
const MAX_STEPS = 3_000_000
const MAX_PADDED = 100_000

/** Limits the steps and the padded items of all commands of one run. */
export class ScriptBudget {
  #steps = 0
  #padded = 0

  /** @throws YqFault `limit-exceeded` when there are too many */
  step(): void {
    this.#steps += 1
    if (this.#steps > MAX_STEPS) throw stepsFault(MAX_STEPS)
  }

  /** Counts items to be added at the end of a list. Throws like `step`. */
  pad(count: number): void {
    this.#padded += Math.max(count, 0)
    if (this.#padded > MAX_PADDED) throw sizeFault(MAX_PADDED)
  }
}
