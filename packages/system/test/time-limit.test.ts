import { expect, test } from 'vitest'

import { SystemFault } from '../src/system-fault.ts'
import { withinTime } from '../src/time-limit.ts'

const forever = (): never => {
  for (;;);
}

/** Endless work that keeps the thread busy in different ways. */
const ENDLESS: Readonly<Record<string, () => unknown>> = {
  'a loop': forever,
  'a loop that catches whatever is thrown': () => {
    for (;;) {
      try {
        forever()
      } catch {
        continue
      }
    }
  },
  'a loop in a finally': () => {
    try {
      return undefined
    } finally {
      forever()
    }
  },
  'a regular expression that backtracks': () => /^(?:a+)+$/u.test(`${'a'.repeat(60)}b`),
  'a sort that compares without an end': () => [2, 1].toSorted(forever),
  'a generator': () => {
    function* numbers(): Generator<number> {
      for (let number = 0; ; number++) yield number
    }
    return [...numbers()].length
  },
  'a limit within a limit': () => withinTime('inner', 60_000, forever),
}

test.each(Object.entries(ENDLESS))('%s is stopped', (_name, work) => {
  expect(() => withinTime('the work', 50, work)).toThrow(
    new SystemFault({ code: 'timed-out', message: 'the work took longer than 0.05 seconds and was stopped' }),
  )
})

test('results and errors of the work are passed on, also when nested', () => {
  const thrown = new RangeError('mine')
  expect(withinTime('x', 60_000, () => withinTime('y', 60_000, () => [1]))).toEqual([1])
  expect(withinTime('x', 60_000, () => undefined)).toBeUndefined()
  expect(() =>
    withinTime('x', 60_000, () => {
      throw thrown
    }),
  ).toThrow(thrown)
})
