import { expect, test } from 'vitest'

import { defaultJobs } from '../src/default-jobs.ts'

const GIB = 1024 ** 3

test.each([
  [{ cores: 8, memory: 64 * GIB }, 8],
  [{ cores: 8, memory: 1 * GIB }, 3],
  [{ cores: 8, memory: 0.3 * GIB }, 1],
  [{ cores: 1, memory: 64 * GIB }, 1],
  [{ cores: 4, memory: 0 }, 1],
])('with %o, %i overlays are rendered at a time', (machine, jobs) => {
  expect(defaultJobs(machine)).toBe(jobs)
})
