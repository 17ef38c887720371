import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  ['map of an empty list is the list', '[]', 'map(. + 1)', '[]\n'],
  ['map of a map is a list', 'a: 1\nb: 2\n', 'map(. + 1)', '- 2\n- 3\n'],
  ['to_entries of null has no result', 'a: null\n', '.a | to_entries', ''],
  [
    'with_entries changes flow style to block style',
    '{a: 1} # c\n',
    'with_entries(.value |= . + 1)',
    'a: 2\n',
  ],
  ['eval repeats all results for every match', '[1, 2]', '.[] | eval(".")', '1\n2\n1\n2\n1\n2\n1\n2\n'],
  [
    'a map with several values is a cross product',
    '{}',
    '{"a": (1, 2), "b": (3, 4)}',
    'a: 1\nb: 3\na: 1\nb: 4\na: 2\nb: 3\na: 2\nb: 4\n',
  ],
  ['a list of nothing', '{}', '[.x[]]', '[]\n'],
  ['first of a map is its first key', 'b: 1\na: 2\n', 'first', 'b\n'],
  [
    'the last of duplicate keys is read, and both are counted',
    'a: 1\na: 2\n',
    '.a, (keys | length), length',
    '2\n2\n2\n',
  ],
  ['.. does not enter aliases', 'a: &x {k: 1}\nb: *x\n', '[.. | select(tag == "!!int")] | length', '1\n'],
  ['... returns keys before their values', 'a: 1\n', '...', 'a: 1\na\n1\n'],
  ['parent -1 is the root', 'a: {b: 1}\n', '.a.b | parent(-1) | keys', '- a\n'],
  ['the key of an item from a file is a key', '[x]', '.[0] | key | is_key', 'true\n'],
  ['the path of an item of a new list is empty', '{}', '["x"] | .[0] | key | path', '[]\n'],
  ['line and column are the position', '# c\n\na:\n  b: 1\n', '.a.b | line, (.a.b | column)', '2\n6\n'],
  ['omit removes keys', 'a: 1\nb: 2\n', 'omit(["a"])', 'b: 2\n'],
  ['pick keeps the order of its list', 'a: 1\nb: 2\n', 'pick(["b", "a"])', 'b: 2\na: 1\n'],
  ['pivot swaps rows and columns', '[{a: 1, b: 2}, {a: 3}]', 'pivot', 'a:\n  - 1\n  - 3\nb:\n  - 2\n  -\n'],
  ['array_to_map has indices as keys', '[x, null, y]', 'array_to_map', '0: x\n2: y\n'],
  [
    'sort_keys repeats the last of duplicate keys',
    'b: 1\na: 1\nb: 2\n',
    'sort_keys(.)',
    'a: 1\nb: 2\nb: 2\n',
  ],
  ['reduce accumulates', '[1, 2, 3]', '.[] as $i ireduce (0; . + $i)', '6\n'],
  ['as copies, ref does not', 'a: 1\n', '.a as $x | $x = 2 | .a', '1\n'],
  ['ref refers to the node itself', 'a: 1\n', '.a ref $x | $x = 2', 'a: 2\n'],
  ['interpolation', 'a: {b: 1}\n', '"x \\(.a.b) \\(.a) \\\\(no)"', 'x 1 {b: 1} \\(no)\n'],
  ['an unclosed interpolation is kept as text', 'a: 1\n', '"x \\(.a"', 'x \\(.a\n'],
]

describe('operators on structure equal those of yq', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
