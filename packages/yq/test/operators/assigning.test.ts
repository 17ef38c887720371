import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  ['the target keeps its quotes', "a: 'x'\n", '.a = "y"', "a: 'y'\n"],
  ['a number takes its own style', 'a: "3"\n', '.a = 3', 'a: 3\n'],
  ['a literal block stays literal', 'a: |\n  x\n', '.a = "y"', 'a: |-\n  y\n'],
  ['comments of the target are kept', 'a: 1 # one\n', '.a = 2', 'a: 2 # one\n'],
  ['a custom tag is kept', 'a: !cat x\n', '.a = "y"', 'a: !cat y\n'],
  ['a custom tag is overwritten by =c', 'a: !cat x\n', '.a =c "y"', 'a: !!str y\n'],
  ['the last of several results wins', 'a: 1\n', '.a = (2, 3)', 'a: 3\n'],
  ['the first of several results wins for |=', 'a: 1\n', '.a |= (2, 3)', 'a: 2\n'],
  ['without a result |= keeps the value', 'a: 1\n', '.a |= select(false)', 'a: 1\n'],
  ['without a result = keeps the value', 'a: 1\n', '.a = ([] | .[])', 'a: 1\n'],
  ['below an alias the anchored node changes', 'a: &x {k: 1}\nb: *x\n', '.b.k = 2', 'a: &x {k: 2}\nb: *x\n'],
  ['an alias itself is replaced', 'a: &x {k: 1}\nb: *x\n', '.b = 2', 'a: &x {k: 1}\nb: 2\n'],
  ['= keeps the anchor', 'a: &x 1\nb: *x\n', '.a = 2', 'a: &x 2\nb: *x\n'],
  ['map_values drops the anchor', 'a: &x 1\nb: 2\n', 'map_values("z")', 'a: z\nb: z\n'],
  ['the last of several sums wins', 'a: 1\n', '.a += (1, 2)', 'a: 3\n'],
  [
    'every match gets the result of the last match',
    '- {x: 1, y: 10}\n- {x: 2, y: 20}\n',
    '.[] | .x += .y',
    '{x: 21, y: 10}\n{x: 22, y: 20}\n',
  ],
  ['a list gets a scalar in the style of its first item', "['x']", '. + "y"', "['x', 'y']\n"],
  [
    'three assignments with commas are two results',
    'a: 1\n',
    '.a = 1, .b = 2, .c = 3',
    'a: 1\nb: 2\nc: 3\na: 1\nb: 2\nc: 3\n',
  ],
  ['a root assigned into itself', 'a: 1\n', '.b = .', 'a: 1\nb:\n  a: 1\n  b: !!null\n    a: 1\n'],
  ['keys can be renamed', 'a: 1 # c\nb: 2\n', '(.a | key) = "z"', 'z: 1 # c\nb: 2\n'],
  ['all keys get a comment', 'a: 1\n', '... comments="x"', '# x\n# x\na: 1 # x\n# x\n\n# x\n\n# x\n# x\n'],
  ['an unknown style is an error', 'a: 1\n', '.a style="loud"', 'Error: unknown style loud'],
  ['int keys are not deleted', '1: a\nb: c\n', 'del(.1)', '1: a\nb: c\n'],
  ['deleting twice deletes the next item', '[a, b, c]', 'del(.[0], .[0])', '[c]\n'],
  [
    'the comment of a key moves to its emptied collection',
    'a: # why\n  - 1\n',
    'del(.a[0])',
    'a: [] # why\n',
  ],
  ['deleting a document prints nothing', 'a: 1\n', 'del(.)', ''],
]

describe('assignments equal those of yq', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
