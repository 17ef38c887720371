import { evaluateText, raise } from '../evaluate-text.ts'
import { empty, macro, pipe, self, union } from '../flow.ts'
import { literal, text } from '../literals.ts'
import { withPath } from '../select.ts'
import { bind, reduce, variable } from '../variables.ts'
import { binary, Binding, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Values, variables and the order of evaluation. */
export const FLOW_OPERATORS: OperatorRows<
  | 'self'
  | 'empty'
  | 'literal'
  | 'text'
  | 'variable'
  | 'macro'
  | 'pipe'
  | 'step'
  | 'union'
  | 'block'
  | 'bind'
  | 'reduce'
  | 'evaluateText'
  | 'raise'
  | 'with'
> = {
  self: leaf({ binding: Binding.path, evaluate: self }),
  empty: leaf({ evaluate: empty }),
  literal: leaf({ evaluate: literal, yqName: 'VALUE' }),
  text: leaf({ evaluate: text, yqName: 'STRING_INT' }),
  variable: leaf({ binding: Binding.path, takesPath: true, evaluate: variable, yqName: 'GET_VARIABLE' }),
  macro: leaf({ evaluate: macro, yqName: 'EXP' }),
  pipe: binary<'pipe'>({ binding: Binding.pipe, evaluate: pipe }),
  step: binary<'step'>({ binding: Binding.step, evaluate: pipe, yqName: 'SHORT_PIPE' }),
  union: binary({ binding: Binding.sequence, evaluate: union }),
  block: binary({ binding: Binding.sequence, evaluate: empty }),
  bind: binary({
    binding: Binding.assignment,
    evaluate: bind,
    yqName: 'ASSIGN_VARIABLE',
    words: { as: { options: { byReference: false } }, ref: { options: { byReference: true } } },
  }),
  reduce: binary({ binding: Binding.reduce, evaluate: reduce, words: { ireduce: PLAIN } }),
  evaluateText: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: evaluateText,
    yqName: 'EVAL',
    words: { eval: PLAIN },
  }),
  raise: unary({ evaluate: raise, yqName: 'ERROR', words: { error: PLAIN } }),
  with: unary({ binding: Binding.prefix, takesPath: true, evaluate: withPath, words: { with: PLAIN } }),
}
