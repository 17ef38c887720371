import type { Context } from '../evaluator/context.ts'
import type { BinaryName, Operation, OperatorName, UnaryName } from '../expression/ast.ts'

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
  /** Words with an argument, or behind which a path may follow. */
  prefix: 52,
  path: 55,
} as const

export type Arity<Name extends OperatorName> = Name extends BinaryName ? 2 : Name extends UnaryName ? 1 : 0

/** One row of the table of operators. */
export interface Operator<Name extends OperatorName> {
  readonly arity: Arity<Name>
  readonly binding: number
  /** A path or bracket directly behind is applied to the operator's result: `select(.)[0]`. */
  readonly takesPath?: boolean
  readonly evaluate: (context: Context, expression: Operation<Name>) => Context
}

export type OperatorTable = { readonly [Name in OperatorName]: Operator<Name> }
