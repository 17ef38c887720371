import { BINARY_OPERATORS } from './binary-operators.ts'
import { LEAF_OPERATORS } from './leaf-operators.ts'
import type { OperatorRows } from './operator.ts'
import { UNARY_OPERATORS } from './unary-operators.ts'

/**
 * Every operator of the language in one row: its arity, precedence, function, tracing and words. Everything else about
 * operators is derived from this table.
 */
export const operators: OperatorRows = { ...LEAF_OPERATORS, ...UNARY_OPERATORS, ...BINARY_OPERATORS }
