import type { Position } from '@overlay-render/faults'

export type WarningCode =
  /** A merge key overrides keys that the map has itself, as yq does unless told to follow the specification. */
  | 'merge-overrides-own-keys'
  /** An assignment matched nothing, because its path steps into a text, a number or the like. */
  | 'assign-into-scalar'
  /** `\(` in a string without its `)`: the string is left as it is. */
  | 'interpolation-unclosed'

/** Something that is allowed, but changes data in a way that a user may not expect. */
export interface Warning {
  readonly code: WarningCode
  /** One sentence without a final full stop. */
  readonly message: string
  /** The place in the expression that it is about. */
  readonly position: Position
  /** How many characters of the expression it spans. */
  readonly width: number
  /** The node of the document that it is about, where there is one. */
  readonly path?: readonly (string | number)[] | undefined
}
