import type { OperatorName, OptionsOf, SourceRange } from './ast.ts'

/** `.[` is a separate bracket: a path that starts with an index. */
export type Bracket = '(' | ')' | '[' | ']' | '{' | '}' | '.['

export interface BracketToken {
  readonly type: 'bracket'
  readonly bracket: Bracket
  /** `]?`: values that cannot be indexed have no result instead of an error. */
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
    /** The token as written, which yq quotes in its messages. */
    readonly text: string
    readonly range: SourceRange
    /** The token's meaning before `=` or `|=`: `style` reads, `style =` writes. */
    readonly assignment?: AssignmentName | undefined
  }
}[Name]

/** An operator token without a position. */
export type Reading = {
  [Name in OperatorName]: Omit<OperatorToken<Name>, 'type' | 'text' | 'range'>
}[OperatorName]

export type AssignmentName = 'assignStyle' | 'assignTag' | 'assignAnchor' | 'assignAlias' | 'assignComment'

export type Token = BracketToken | OperatorToken
