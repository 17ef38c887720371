import type { Expression } from '@overlay-render/yq'

/** Something that reads in another way than it looks. */
export interface Surprise {
  /** An offset in the script. */
  readonly at: number
  readonly message: string
  readonly hint: string
}

export interface SurpriseContext {
  readonly text: string
  /** Every key of the base. */
  readonly keys: ReadonlySet<string>
}

/** Looks at one node of an expression, whatever is around it. */
export type FindSurprise = (node: Expression, context: SurpriseContext) => Surprise[]
