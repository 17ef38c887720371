import type { Value } from '@overlay-render/golden'

import type { Path, Traced } from './traced-value.ts'

/** A scalar that changed in a step. */
export interface Question {
  readonly path: Path
  readonly value: unknown
  readonly before: unknown
  /** The whole object after the step. */
  readonly object: Value
  /** The whole object before the step. */
  readonly traced: Traced
}
