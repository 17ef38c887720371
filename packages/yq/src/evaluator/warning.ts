import type { Position } from '@overlay-render/faults'

export type WarningCode =
  /** A merge key overrides the map's own keys, which is yq's default but against the specification. */
  | 'merge-overrides-own-keys'
  /** An assignment matched nothing, because its path leads into a scalar. */
  | 'assign-into-scalar'
  /** `\(` in a string without `)`: the string is unchanged. */
  | 'interpolation-unclosed'

/** A valid operation with an effect that a user may not expect. */
export interface Warning {
  readonly code: WarningCode
  /** One sentence without a final full stop. */
  readonly message: string
  /** The position in the expression. */
  readonly position: Position
  /** The length of the range in characters. */
  readonly width: number
  /** The node of the document, if there is one. */
  readonly path?: readonly (string | number)[] | undefined
}
