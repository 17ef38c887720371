import type { Context } from '../evaluator/context.ts'
import type { BinaryName, Operation, OperatorName, OptionsOf, UnaryName } from '../expression/ast.ts'
import type { AssignmentName } from '../expression/token.ts'

/**
 * How tight an operator binds: of two, the higher number takes its operands first. All levels are
 * right-associative, and `* / % + - //` share one, as do the assignments, comparisons, `del`, `min` and `max`:
 * that is yq's grammar.
 */
export const Binding = {
  sequence: 10,
  entry: 15,
  logic: 20,
  pipe: 30,
  reduce: 35,
  assignment: 40,
  arithmetic: 42,
  step: 45,
  word: 50,
  /** Words with an argument, or after which a path may follow. */
  prefix: 52,
  path: 55,
} as const

export type Arity<Name extends OperatorName> = Name extends BinaryName ? 2 : Name extends UnaryName ? 1 : 0

/** How an operator is traced: it only answers, or it is asked to change something, which then is its doing. */
export type Traced = 'answers' | 'changes'

export const ANSWERS = 'answers'
export const CHANGES = 'changes'

/** An argument in brackets that belongs to a word itself. `indent`, `depth` and `level` are numbers and may be left out. */
export type Suffix = 'indent' | 'depth' | 'level' | 'flags'

/** What a word of the language says besides its operator. */
export interface WordUse<Name extends OperatorName> {
  readonly options: OptionsOf<Name>
  /** What the word becomes when `=` or `|=` follows. */
  readonly assignment?: AssignmentName
  readonly suffix?: Suffix
}

/** A word that says nothing besides. */
export const PLAIN = { options: {} } as const

/** One row of the table of operators. */
export interface Operator<Name extends OperatorName> {
  readonly arity: Arity<Name>
  readonly binding: number
  /** A path or bracket directly after it is applied to the operator's result: `select(.)[0]`. */
  readonly takesPath?: boolean
  readonly evaluate: (context: Context, expression: Operation<Name>) => Context
  readonly traced: Traced
  /** What yq's messages call it, where that is not its name in capitals. */
  readonly yqName?: string
  /**
   * The words by their spellings: `_?` stands for an underscore that may be left out, `|` separates spellings. What
   * is no word, such as a sign or a path, is read by the rules of the lexer.
   */
  readonly words: Readonly<Record<string, WordUse<Name>>>
}

export type OperatorRows<Names extends OperatorName = OperatorName> = {
  readonly [Name in Names]: Operator<Name>
}
