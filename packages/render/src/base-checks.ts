import { checkBase, type ConfigInput } from '@overlay-render/configs'
import { digestOf, Fault } from '@overlay-render/system'

import { subjectOf } from './config-subject.ts'
import { runExpression } from './run-expression.ts'

/**
 * The base configs that one overlay copies unchanged. A render does not need their contents, so they are parsed while kustomize
 * runs. A problem in one of them is reported before any other problem of the render.
 */
export class BaseChecks {
  readonly #valid: Set<string>
  readonly #pending: ConfigInput[] = []
  #fault: Fault | undefined

  /** @param valid the digests of base configs that were checked before; many overlays share them */
  constructor(valid: Set<string>) {
    this.#valid = valid
  }

  add(input: ConfigInput): void {
    this.#pending.push(input)
  }

  /** Checks the configs added since the last call. The first problem is kept for `require`. */
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
    if (this.#valid.has(digest)) return
    try {
      runExpression(subjectOf(input), () => checkBase(input))
      this.#valid.add(digest)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.#fault = error
    }
  }
}
