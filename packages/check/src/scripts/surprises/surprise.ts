import type { Expression } from '@overlay-render/yq'

/** Syntax that yq reads differently than it looks. */
export interface Surprise {
  /** The offset in the script. */
  readonly at: number
  readonly message: string
  readonly hint: string
}

/** The script and its base. */
export interface SurpriseContext {
  readonly text: string
  /** Every key of the base. */
  readonly keys: ReadonlySet<string>
}

/** Checks one node of an expression. */
export type FindSurprise = (node: Expression, context: SurpriseContext) => Surprise[]
