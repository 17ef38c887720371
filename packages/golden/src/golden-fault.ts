import { Fault } from '@overlay-render/system'

/** The codes of `GoldenFault`. */
export type GoldenCode =
  /** A document is not YAML. */
  | 'not-yaml'
  /** A file contains the conflict markers of a merge. */
  | 'conflict-markers'
  /** A document has no kind, so it is not a Kubernetes object. */
  | 'no-kind'
  /** An object has no name. */
  | 'no-name'
  /** A document is not a map. */
  | 'not-a-resource'
  /** A document is a List where single objects are expected. */
  | 'list-kind'
  /** A rule of `golden` has a wrong path or key. */
  | 'rule-invalid'
  /** The path of a rule cannot be evaluated. */
  | 'rule-failed'
  /** There is no report format of that name. */
  | 'format-unknown'
  /** The name of an overlay would lead out of the folder of goldens. */
  | 'overlay-name-invalid'

/** An error in manifests, goldens or comparison rules. Messages contain no values of manifests. */
export class GoldenFault extends Fault<GoldenCode> {}
