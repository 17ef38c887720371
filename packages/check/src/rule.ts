import type { Finding, Severity } from '@overlay-render/system'

/** An input in which a rule must fire, or must not, with what it shows. */
export interface Example<Input> {
  readonly says: string
  readonly input: () => Input
}

/**
 * One thing that is checked. A rule is a file of its own and a row of a list; its examples are its tests and its
 * documentation.
 */
export interface Rule<Input> {
  /** A stable name that settings may test, such as `duplicate-job`. */
  readonly name: string
  /** How much its findings weigh when settings do not say otherwise. */
  readonly severity: Severity
  /** One sentence: what is wrong when the rule fires. */
  readonly doc: string
  readonly check: (input: Input) => Finding[]
  readonly examples: {
    readonly fires: readonly Example<Input>[]
    readonly silent: readonly Example<Input>[]
  }
}
