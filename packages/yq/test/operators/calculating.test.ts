import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  ['integers keep the base of the left side', 'a: 0x1F\n', '.a + 1', '0x20\n'],
  ['integers wrap around', 'a: 9223372036854775807\n', '.a + 1', '-9223372036854775808\n'],
  [
    'floats are printed like in Go',
    'a: 1000000\n',
    '.a * 1.0, 0.1 + 0.2, 10000000 / 2',
    '1e+06\n0.30000000000000004\n5e+06\n',
  ],
  ['a quotient is a float', 'a: 6\n', '.a / 2 | tag, 6 / 2', '!!float\n3\n'],
  ['dividing by zero', 'a: 1\n', '.a / 0', '+Inf\n'],
  ['modulo by zero is an error', 'a: 1\n', '.a % 0', 'Error: cannot modulo by 0'],
  ['strings repeat', 'a: ab\n', '.a * 3', 'ababab\n'],
  [
    'a negative repetition is an error',
    'a: ab\n',
    '.a * -1',
    'Error: cannot repeat string by a negative number (-1)',
  ],
  ['strings cannot be subtracted', 'a: ab\n', '.a - "b"', 'Error: strings cannot be subtracted'],
  ['a number added to a string is text', 'a: x\n', '.a + 1, 1 + .a', 'x1\n1x\n'],
  ['a boolean cannot be added', 'a: true\n', '.a + 1', 'Error: !!bool cannot be added to !!int'],
  ['null is neutral', 'a: null\n', '.a + 1, .a - 1', '1\n1\n'],
  [
    'durations can be added to times',
    'a: 2001-12-15T02:59:43Z\n',
    '.a + "3h10m", .a - "24h"',
    '2001-12-15T06:09:43Z\n2001-12-14T02:59:43Z\n',
  ],
  ['a value with a custom tag has the type of its text', 'a: !mine 12\n', '.a + 1', '13\n'],
  ['list items are subtracted by type and text', '["1", 1, 2]', '. - [1]', '["1", 2]\n'],
]

describe('arithmetic equals that of Go', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
