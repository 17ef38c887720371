import { describe, expect, test } from 'vitest'
import { answer, type YqCase } from '../support/answer.ts'

const CASES: readonly YqCase[] = [
  ['scalars are compared as text, regardless of type', 'a: "1"\n', '.a == 1', 'true\n'],
  ['the right side is a pattern', 'a: cat\n', '.a == "c*"', 'true\n'],
  ['the left side is not a pattern', 'a: "c*"\n', '.a == "cat"', 'false\n'],
  ['maps are never equal', 'a: {}\n', '.a == .a', 'false\n'],
  ['null equals only null', 'a: null\nb: x\n', '.a == .b', 'false\n'],
  ['the text null equals null', 'a: "null"\n', '.a == null', 'true\n'],
  ['booleans have no order', 'a: true\n', '.a < 1', 'Error: !!bool not yet supported for comparison'],
  ['null has no order', 'a: null\n', '.a < 1, .a <= null', 'false\ntrue\n'],
  [
    'strings that are dates are compared by time',
    'a: "2001-01-01"\nb: "2000-12-31T23:59:59Z"\n',
    '.a > .b',
    'true\n',
  ],
  [
    'sort puts null first, then booleans, then the rest',
    '[b, true, 2, null, a, false, 10]',
    'sort',
    '[null, false, true, 2, 10, a, b]\n',
  ],
  [
    'mixed types have no order, and are sorted like in Go',
    '["9", 10, 8, b, 1.5, "07"]',
    'sort',
    '["07", 1.5, 8, 10, "9", b]\n',
  ],
  ['unique compares text', '[1, "1", 1.0, a, "a"]', 'unique', '[1, 1.0, a]\n'],
  [
    'all collections are in one group',
    '[{k: [1]}, {k: 2}, {k: {x: 1}}]',
    'group_by(.k)',
    '- - {k: [1]}\n  - {k: {x: 1}}\n- - {k: 2}\n',
  ],
  [
    'contains needs the same kind',
    'a: x\n',
    '.a | contains(["x"])',
    'Error: !!seq cannot check contained in !!str',
  ],
  ['length counts bytes', 'a: "é😀"\n', '.a | length', '6\n'],
  ['slices count characters', 'a: "é😀x"\n', '.a[0:2]', 'é😀\n'],
]

describe('comparisons equal those of yq', () => {
  test.each(CASES)('%s', (_, yaml, expression, printed) => {
    expect(answer(expression, yaml)).toBe(printed)
  })
})
