import type { OperatorName, OptionsOf, SourceRange } from './ast.ts'

/** `.[` is a bracket of its own: a path that starts with an index. */
export type Bracket = '(' | ')' | '[' | ']' | '{' | '}' | '.['

export interface BracketToken {
  readonly type: 'bracket'
  readonly bracket: Bracket
  /** `]?`: what cannot be indexed gives nothing instead of a fault. */
  readonly optional: boolean
  readonly text: string
  readonly range: SourceRange
}

/** An operator with its options, but without its operands. */
export type OperatorToken<Name extends OperatorName = OperatorName> = {
  [N in Name]: {
    readonly type: 'operator'
    readonly operator: N
    readonly options: OptionsOf<N>
    /** As written; yq quotes it in its messages. */
    readonly text: string
    readonly range: SourceRange
    /** What the token becomes when `=` or `|=` follows: `style` is read, `style =` is written. */
    readonly assignment?: AssignmentName | undefined
  }
}[Name]

/** An operator token before it is known where it is. */
export type Reading = {
  [Name in OperatorName]: Omit<OperatorToken<Name>, 'type' | 'text' | 'range'>
}[OperatorName]

export type AssignmentName = 'assignStyle' | 'assignTag' | 'assignAnchor' | 'assignAlias' | 'assignComment'

export type Token = BracketToken | OperatorToken
