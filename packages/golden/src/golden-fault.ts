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

/** What is wrong with manifests, goldens or comparison rules. No message holds a value out of a manifest. */
export class GoldenFault extends Fault<GoldenCode> {}
