import type { Context } from '../evaluator/context.ts'
import type {
  BinaryName,
  LeafName,
  Operation,
  OperatorName,
  OptionsOf,
  UnaryName,
} from '../expression/ast.ts'
import type { AssignmentName } from '../expression/token.ts'

/**
 * The precedence of operators; higher numbers bind tighter. By yq's grammar all levels are right-associative, and
 * `* / % + - //` share one level, as do assignments, comparisons, `del`, `min` and `max`.
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

/** The number of operands. */
export type Arity = 0 | 1 | 2

/** How an operator is traced: it only returns results, or changes during its evaluation are attributed to it. */
export type Traced = 'results' | 'changes'

export const RESULTS = 'results'
export const CHANGES = 'changes'

/** An argument in brackets that is part of a word's token. `indent`, `depth` and `level` are optional numbers. */
export type Suffix = 'indent' | 'depth' | 'level' | 'flags'

/** The options of a word's operator. */
export interface WordUse<Name extends OperatorName> {
  readonly options: OptionsOf<Name>
  /** The word's meaning before `=` or `|=`. */
  readonly assignment?: AssignmentName
  readonly suffix?: Suffix
}

/** A word without options. */
export const PLAIN = { options: {} } as const

/** One row of the table of operators. */
export interface Operator<Name extends OperatorName> {
  readonly arity: Arity
  readonly binding: number
  /** Whether a path or bracket directly after it applies to its result: `select(.)[0]`. */
  readonly takesPath?: boolean
  readonly evaluate: (context: Context, expression: Operation<Name>) => Context
  readonly traced: Traced
  /** Its name in yq's messages, if not its name in capitals. */
  readonly yqName?: string
  /**
   * The words by their spellings: `_?` is an optional underscore, `|` separates spellings. Signs and paths are not
   * words; the lexer has rules for them.
   */
  readonly words: Readonly<Record<string, WordUse<Name>>>
}

export type OperatorRows<Names extends OperatorName = OperatorName> = {
  readonly [Name in Names]: Operator<Name>
}

/** A row as it is written: a plain word that returns results, unless it says otherwise. */
type Row<Name extends OperatorName> = Pick<Operator<Name>, 'evaluate'> &
  Partial<Omit<Operator<Name>, 'arity' | 'evaluate'>>

const DEFAULTS = { binding: Binding.word, traced: RESULTS, words: {} } as const

/** The row of an operator without operands. */
export const leaf = <Name extends LeafName>(row: Row<Name>): Operator<Name> => ({
  arity: 0,
  ...DEFAULTS,
  ...row,
})

/** The row of an operator with one operand. */
export const unary = <Name extends UnaryName>(row: Row<Name>): Operator<Name> => ({
  arity: 1,
  ...DEFAULTS,
  ...row,
})

/** The row of an operator with two operands. */
export const binary = <Name extends BinaryName>(row: Row<Name>): Operator<Name> => ({
  arity: 2,
  ...DEFAULTS,
  ...row,
})
