import { expect, test } from 'vitest'

import { listSome } from '../src/index.ts'

test.each([
  [[], 2, ''],
  [['a'], 2, 'a'],
  [['a', 'b'], 2, 'a, b'],
  [['a', 'b', 'c'], 2, 'a, b and 1 more'],
  [['a', 'b', 'c', 'd'], 2, 'a, b and 2 more'],
])('of %j at most %i are listed: %s', (names, most, expected) => {
  expect(listSome(names, most)).toBe(expected)
})

test('names that are not given count, too', () => {
  expect(listSome(['a', 'b'], 5, 9)).toBe('a, b and 7 more')
})
