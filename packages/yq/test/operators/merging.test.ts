import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  [
    'maps are merged recursively, lists are replaced',
    'a: {b: 1, c: [1]}\n',
    '. * {"a": {"c": [2], "d": 3}}',
    'a: {b: 1, c: [2], d: 3}\n',
  ],
  ['+ appends lists', 'a: [1]\n', '. *+ {"a": [2]}', 'a: [1, 2]\n'],
  [
    'd merges lists item by item',
    'a: [{x: 1}, {x: 2}]\n',
    '. *d {"a": [{"y": 1}]}',
    'a: [{x: 1, y: 1}, {x: 2}]\n',
  ],
  ['+d appends and merges', 'a: [{x: 1}]\n', '. *+d {"a": [{"y": 1}]}', 'a: [{x: 1, y: 1}, {y: 1}]\n'],
  [
    'n writes only missing and null values',
    'a: 1\nb: null\n',
    '. *n {"a": 2, "b": 3, "c": 4}',
    'a: 1\nb: 3\nc: 4\n',
  ],
  ['n with + does not append to an existing list', 'a: [1]\n', '. *n+ {"a": [2]}', 'a: [1]\n'],
  ['? writes only existing keys', 'a: 1\n', '. *? {"a": 2, "c": 4}', 'a: 2\n'],
  ['nulls of the right side overwrite', 'a: 1\n', '. * {"a": null}', 'a: null\n'],
  ['null on the right keeps the left side', 'a: 1\n', '. * null', 'a: 1\n'],
  ['keys are not patterns', 'ab: 1\n', '. * {"a*": 2}', 'ab: 1\na*: 2\n'],
  ['keys in braces are patterns', 'ab: 1\n', '{"ab": 1, "a*": 2}', 'a*: 2\n'],
  [
    'comments are kept if the right side has none',
    '# l\na: 1 # left\n',
    '. * {"a": 2}',
    '# l\na: 2 # left\n',
  ],
  [
    'comments of the right side win',
    'a: 1 # left\nb: # right\n  a: 2 # two\n',
    '. * .b',
    'a: 2 # two\nb: # right\n  a: 2 # two\n',
  ],
  ['a map cannot be multiplied by a number', 'a: 1\n', '. * 2', 'Error: cannot multiply !!map with !!int'],
  ['adding maps is shallow', 'a: {b: 1}\nc: 1\n', '. + {"a": {"d": 2}}', 'a:\n  d: 2\nc: 1\n'],
  ['a later merge key overrides', 'b: &b {x: 1}\nm:\n  x: 2\n  <<: *b\n', '.m.x', '1\n'],
  [
    'explode resolves merges in the same order',
    'b: &b {x: 1}\nm:\n  x: 2\n  <<: *b\n',
    'explode(.)',
    'b: {x: 1}\nm:\n  x: 1\n',
  ],
  [
    'the second of several merged maps overrides by the wrong indices of yq',
    'a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nm:\n  <<: [*a, *b]\n  y: 3\n',
    'explode(.m) | .m',
    'x: 1\nz: 2\ny: 3\n',
  ],
]

describe('merges equal those of yq', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
