import { checkBase, type ConfigInput } from '@overlay-render/configs'
import { digestOf, Fault } from '@overlay-render/system'

import { subjectOf } from './config-subject.ts'
import { runExpression } from './run-expression.ts'

/**
 * The base configs that one overlay copies as they are. Nothing of a render needs what is in them, so they are read while kustomize runs;
 * what is wrong with one is told before whatever else is wrong.
 */
export class BaseChecks {
  readonly #sound: Set<string>
  readonly #pending: ConfigInput[] = []
  #fault: Fault | undefined

  /** @param sound the digests of base configs that were checked before, which many overlays share */
  constructor(sound: Set<string>) {
    this.#sound = sound
  }

  add(input: ConfigInput): void {
    this.#pending.push(input)
  }

  /** Checks what was added since the last call. What is wrong is kept for `require`. */
  run(): void {
    for (let input = this.#pending.shift(); input !== undefined; input = this.#pending.shift()) {
      if (this.#fault === undefined) this.#check(input)
    }
  }

  /** @throws ConfigsFault for the first base that cannot be used; SystemFault `timed-out` */
  require(): void {
    this.run()
    if (this.#fault !== undefined) throw this.#fault
  }

  #check(input: ConfigInput): void {
    const digest = digestOf(input.base.bytes)
    if (this.#sound.has(digest)) return
    try {
      runExpression(subjectOf(input), () => checkBase(input))
      this.#sound.add(digest)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.#fault = error
    }
  }
}
