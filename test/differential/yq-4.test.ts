import { assert, asyncProperty, type Arbitrary, gen, nat } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { findOracle, runYq } from '../conformance/oracle.ts'
import { isForLibrary, runOurCommand, runOurs } from '../conformance/run-ours.ts'
import type { Case } from '../vectors/cases/case.ts'
import { compareVerdicts, randomCase } from './compare.ts'

const yq = findOracle('yq4')

/** Random cases drawn from fast-check, so that it can shrink them. */
const cases: Arbitrary<Case> = gen().map((choose) =>
  randomCase({ below: (below) => choose(nat, { max: below - 1 }) }),
)

describe.skipIf(yq === undefined)(
  'random documents and expressions (skipped without the real yq 4: run pnpm oracles)',
  () => {
    test('give the output of the real yq', async () => {
      const compare = asyncProperty(cases, async (item) => {
        const real = await runYq(yq ?? '', item)
        const ours = isForLibrary(item) ? runOurs(item) : await runOurCommand(item)
        return compareVerdicts(real, ours) !== 'different'
      })
      await expect(assert(compare, { seed: 20_261_120, numRuns: 300 })).resolves.toBeUndefined()
    })
  },
)
