import { Fault } from '@overlay-render/system'

/** The codes of `CheckFault`. */
export type CheckCode =
  /** An assertion cannot be read or evaluated, or answers with something else than true or false. */
  | 'assertion-invalid'
  /** The settings name a rule that does not exist. */
  | 'rule-unknown'

/** A problem in the settings of a check. */
export class CheckFault extends Fault<CheckCode> {}
