import { BINARY_OPERATORS } from './binary-operators.ts'
import { LEAF_OPERATORS } from './leaf-operators.ts'
import type { OperatorRows } from './operator.ts'
import { UNARY_OPERATORS } from './unary-operators.ts'

/**
 * Every operator of the language in one row: how many operands it has, how tight it binds, what it does, how it is
 * traced, and the words that stand for it. All else that must be known of operators is derived from this table.
 */
export const operators: OperatorRows = { ...LEAF_OPERATORS, ...UNARY_OPERATORS, ...BINARY_OPERATORS }
