import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  ['reading creates the key', 'a: {}\n', '.a.b, .', 'null\na:\n  b: null\n'],
  ['the alternative operator also creates it', 'a: 1\n', '.b // 2, .', '2\na: 1\nb: null\n'],
  ['comparing creates it', 'a: 1\n', '.b == 1, .', 'false\na: 1\nb: null\n'],
  ['comparing with != does not', 'a: 1\n', '.b != 1, .', 'true\na: 1\n'],
  ['select does not', 'a: 1\n', 'select(.b == null)', 'a: 1\n'],
  ['the right side of an assignment does not', 'a: 1\n', '.c = .b | .', 'a: 1\nc: null\n'],
  [
    'an index is created even in select',
    'a: {}\nb: null\n',
    'select(.b[1] == null)',
    'a: {}\nb:\n  - null\n  - null\n',
  ],
  ['a name on null creates a map', 'a: null\n', '.a.b = 1', 'a:\n  b: 1\n'],
  ['an index on null creates a list', 'a: null\n', '.a[1] = 1', 'a:\n  - null\n  - 1\n'],
  ['a string index on null creates a map', 'a: null\n', '.a["x"] = 1', 'a:\n  x: 1\n'],
  [
    'a name on a list must be a number',
    '[1, 2]',
    '.x',
    'Error: cannot index array with \'x\' (strconv.ParseInt: parsing "x": invalid syntax)',
  ],
  ['a numeric name indexes a list', '[1, 2]', '.1', '2\n'],
  ['a name on a scalar has no result', 'a: text\n', '.a.b', ''],
  ['an assignment below a scalar does nothing', 'a: text\n', '.a.b = 1', 'a: text\n'],
  ['a new map has no tag', '{}', '.a.b = 1 | .a | tag', '\n'],
  ['the first new entry changes flow style to block style', '{}', '.a = 1', 'a: 1\n'],
  ['a pattern that matches nothing is created as a key', 'a: 1\n', '.x* = 2', 'a: 1\nx*: 2\n'],
  [
    'an index before the start is out of range',
    '[1, 2, 3]',
    '.[-5]',
    'Error: index [-5] out of range, array size is 3',
  ],
  ['an empty list is padded with nulls', 'a: []\n', '.a[2] = 1', 'a:\n  - null\n  - null\n  - 1\n'],
]

describe('paths create missing nodes', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
