import { expect, test } from 'vitest'

import { nearestNames } from '../src/nearest.ts'

test.each([
  ['tesing', ['testing', 'production'], ['testing']],
  ['control', ['prow-control-plane', 'workloads'], ['prow-control-plane']],
  ['Workloads', ['workloads'], ['workloads']],
  ['xyz', ['testing', 'production'], []],
  ['a1', ['a2', 'a3', 'a4', 'a5'], ['a2', 'a3', 'a4']],
])('suggestions for %s', (given, known, expected) => {
  expect(nearestNames(given, known)).toEqual(expected)
})
