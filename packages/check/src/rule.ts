import type { Finding, Severity } from '@overlay-render/system'

/** An input for which a rule must or must not report a finding, and what it shows. */
export interface Example<Input> {
  readonly says: string
  readonly input: () => Input
}

/** One check. Each rule is a file of its own and an entry of a list; its examples are its tests and its documentation. */
export interface Rule<Input> {
  /** A stable name for settings, such as `duplicate-job`. */
  readonly name: string
  /** The severity of its findings unless settings change it. */
  readonly severity: Severity
  /** One sentence: the problem that it reports. */
  readonly doc: string
  readonly check: (input: Input) => Finding[]
  readonly examples: {
    readonly fires: readonly Example<Input>[]
    readonly silent: readonly Example<Input>[]
  }
}
