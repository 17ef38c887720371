import { capture, match, substitute, test } from '../regular-expressions.ts'
import { changeCase, join, split, toNumber, toText, trim } from '../strings.ts'
import { Binding, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Text and numbers in text. */
export const TEXT_OPERATORS: OperatorRows<
  | 'toNumber'
  | 'toText'
  | 'trim'
  | 'changeCase'
  | 'join'
  | 'split'
  | 'substitute'
  | 'match'
  | 'capture'
  | 'test'
> = {
  toNumber: leaf({ evaluate: toNumber, words: { 'to_?number': PLAIN } }),
  toText: leaf({ evaluate: toText, yqName: 'TO_STRING', words: { 'to_?string': PLAIN } }),
  trim: leaf({ evaluate: trim, words: { trim: PLAIN } }),
  changeCase: leaf({
    evaluate: changeCase,
    words: { upcase: { options: { upper: true } }, downcase: { options: { upper: false } } },
  }),
  join: unary({ evaluate: join, words: { join: PLAIN } }),
  split: unary({ binding: Binding.prefix, takesPath: true, evaluate: split, words: { split: PLAIN } }),
  substitute: unary({ evaluate: substitute, yqName: 'SUBSTR', words: { sub: PLAIN } }),
  match: unary({ evaluate: match, words: { match: PLAIN } }),
  capture: unary({ evaluate: capture, words: { capture: PLAIN } }),
  test: unary({ evaluate: test, words: { test: PLAIN } }),
}
