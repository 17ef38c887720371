import { describe, expect, test } from 'vitest'
import { renderCaret } from '@overlay-render/faults'
import { compile } from '../../src/compile.ts'
import { YqFault } from '../../src/errors.ts'

/** An expression, the caret under its fault, our message, and the message of yq 4.53.6. */
const CASES: readonly (readonly [expression: string, caret: string, message: string, yqMessage: string])[] = [
  [
    '.a b',
    '   ^',
    '"b" is not part of the language; expected a path such as .a.b, a value, a word or an operator',
    '1:4: lexer: invalid input text "b"',
  ],
  ['.a |', '   ^', '"|" needs a value on its right', "'|' expects 2 args but there is 1"],
  ['| .a', '^', '"|" needs a value on its left', "'|' expects 2 args but there is 1"],
  ['.a =', '   ^', '"=" needs a value on its right', "'=' expects 2 args but there is 1"],
  ['.a = = 1', '     ^', 'expected a value before this "="', "'=' expects 2 args but there is 1"],
  [
    '.a = 1 | .b and or 2 | .c = 3',
    '                ^^',
    'expected a value before this "or"',
    "'and' expects 2 args but there is 1",
  ],
  [
    '.a | select(.b == "x" and ) | .c',
    '                      ^^^',
    '"and" needs a value on its right',
    "'|' expects 2 args but there is 1",
  ],
  ['.a | (| .b)', '      ^', '"|" needs a value on its left', "'|' expects 2 args but there is 1"],
  ['.a = ()', '     ^', 'there is no value in these brackets', "'=' expects 2 args but there is 1"],
  [
    '.a | sub',
    '     ^^^',
    '"sub" needs an argument in brackets: sub(…)',
    "'|' expects 2 args but there is 1",
  ],
  [
    '.a | first | = 3',
    '             ^',
    'expected a value before this "="',
    "'|' expects 2 args but there is 1",
  ],
  [
    '{"a": 1 "b": 2}',
    '        ^^^',
    'expected an operator such as "|" or "," before this',
    'bad expression, please check expression syntax',
  ],
  [
    '.[1:] | keys(.)',
    '            ^',
    '"keys" takes no argument in brackets',
    'bad expression, please check expression syntax',
  ],
  ['(.a', '^', 'this "(" has no matching ")"', 'bad expression - probably missing close bracket on ('],
  [
    '.a)',
    '  ^',
    'this ")" has no "(" before it',
    'bad expression, got close brackets without matching opening bracket',
  ],
  ['[.a', '^', 'this "[" has no matching "]"', 'bad expression, could not find matching `]`'],
  ['.a]', '  ^', 'this "]" has no "[" before it', 'bad expression, could not find matching `)`'],
  ['{"a": 1', '^', 'this "{" has no matching "}"', 'bad expression, could not find matching `}`'],
  ['[(.a)}', '^', 'this "[" has no matching "]"', 'bad expression, could not find matching `]`'],
  [
    '.a -1',
    '   ^^',
    'expected an operator such as "|" or "," before this',
    'bad expression, please check expression syntax',
  ],
  [
    'select()',
    '^^^^^^',
    '"select" needs an argument in brackets: select(…)',
    "'select' expects 1 arg but received none",
  ],
  ['"abc', '^', 'this string has no closing quote', '1:1: lexer: invalid input text "\\"abc"'],
  [
    '99999999999999999999',
    '^^^^^^^^^^^^^^^^^^^^',
    'this number is out of range',
    'strconv.ParseInt: parsing "99999999999999999999": value out of range',
  ],
  [
    '.a\n  | ?x',
    '    ^',
    '"?" is not part of the language; expected a path such as .a.b, a value, a word or an operator',
    '2:5: lexer: invalid input text "?x"',
  ],
]

function faultOf(expression: string): YqFault {
  try {
    compile(expression, { file: 'patch.yq' })
  } catch (error) {
    if (error instanceof YqFault) return error
    throw error
  }
  throw new Error(`${expression} was read`)
}

describe('an invalid expression', () => {
  test.each(CASES)('%j is a fault with position', (expression, caret, message, yqMessage) => {
    const fault = faultOf(expression)
    expect(fault.code).toBe('expression-invalid')
    expect(fault.sentence).toBe(message)
    expect(fault.yqMessage).toBe(yqMessage)
    const shown = fault.position && renderCaret(expression, fault.position, fault.width)
    expect(shown?.split('\n')[1]?.slice('1 | '.length)).toBe(caret)
  })

  test('has a fault that names its file', () => {
    expect(faultOf('.a\n| .b c').message).toMatch(/^patch\.yq:2:6: /)
  })

  test('gets a hint with a similar word', () => {
    expect(faultOf('sellect(.a)').hint).toContain('select')
  })

  test('gets a hint to use double quotes', () => {
    expect(faultOf(".a = 'x'").hint).toBe('Strings are in straight double quotes')
  })

  test.each([
    ['.a = “x”', 'Strings are in straight double quotes'],
    ['.a && .b', 'Say "and"'],
    ['if .a then 1 else 2 end', 'There is no "if": use select(…), with(…; …) or //'],
    ['constructor', 'Did you mean "constructor" in quotes, or .constructor?'],
    ['.a = x', 'Did you mean "x" in quotes, or .x?'],
  ])('%j has a hint', (expression, hint) => {
    expect(faultOf(expression).hint).toBe(hint)
  })

  test('inside a string has the position of the string', () => {
    const run = (): unknown => compile('.a | "\\(.b c)"').run([])
    expect(run).toThrow(/^expression:1:6: .*in the expression "\.b c"/)
  })
})
