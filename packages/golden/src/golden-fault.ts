import { Fault } from '@overlay-render/system'

export type GoldenCode =
  | 'not-yaml'
  | 'conflict-markers'
  | 'no-kind'
  | 'no-name'
  | 'not-a-resource'
  | 'list-kind'
  | 'rule-invalid'
  | 'rule-failed'
  | 'format-unknown'
  | 'overlay-name'

/** An error in manifests, goldens or comparison rules. Messages contain no values of manifests. */
export class GoldenFault extends Fault<GoldenCode> {}
