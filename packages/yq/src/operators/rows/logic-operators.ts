import { all, allMatch, and, any, anyMatch, not, or } from '../booleans.ts'
import { compare, equals, max, min, notEquals } from '../compare.ts'
import { binary, Binding, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Truth and comparison. */
export const LOGIC_OPERATORS: OperatorRows<
  | 'not'
  | 'and'
  | 'or'
  | 'any'
  | 'all'
  | 'anyMatch'
  | 'allMatch'
  | 'equals'
  | 'notEquals'
  | 'compare'
  | 'min'
  | 'max'
> = {
  not: leaf({ evaluate: not, words: { not: PLAIN } }),
  and: binary({ binding: Binding.logic, evaluate: and, words: { and: PLAIN } }),
  or: binary({ binding: Binding.logic, evaluate: or, words: { or: PLAIN } }),
  any: leaf({ evaluate: any, words: { any: PLAIN } }),
  all: leaf({ evaluate: all, words: { all: PLAIN } }),
  anyMatch: unary({ evaluate: anyMatch, yqName: 'ANY_CONDITION', words: { any_c: PLAIN } }),
  allMatch: unary({ evaluate: allMatch, yqName: 'ALL_CONDITION', words: { all_c: PLAIN } }),
  equals: binary({ binding: Binding.assignment, evaluate: equals }),
  notEquals: binary({ binding: Binding.assignment, evaluate: notEquals }),
  compare: binary({ binding: Binding.assignment, evaluate: compare }),
  min: leaf({ binding: Binding.assignment, evaluate: min, words: { min: PLAIN } }),
  max: leaf({ binding: Binding.assignment, evaluate: max, words: { max: PLAIN } }),
}
