import { Fault } from '@overlay-render/system'

export type CheckCode =
  /** An assertion cannot be read or evaluated, or answers with something else than true or false. */
  | 'assertion-invalid'
  /** The settings name a rule that does not exist. */
  | 'rule-unknown'

/** What is wrong with the settings of a check. */
export class CheckFault extends Fault<CheckCode> {}
