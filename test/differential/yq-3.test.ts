import { applyV3Script } from '@overlay-render/yq'
import { describe, expect, test } from 'vitest'

import { findOracle } from '../conformance/oracle.ts'
import { runLibrary } from '../conformance/yaml-v3.ts'
import { seededDraw } from './draw.ts'
import { randomV3Case } from './v3-cases.ts'

const program = findOracle('yaml-v3')

describe.skipIf(program === undefined)(
  'random yq 3 scripts over random documents (skipped without the oracle: run pnpm oracles)',
  () => {
    test('print the same as the library after the same changes', async () => {
      const cases = Array.from({ length: 1_000 }, (_, index) => randomV3Case(seededDraw(31_000 + index)))
      const changed = cases.filter(({ places }) => places.length > 0)
      const real = await runLibrary(program ?? '', changed)
      expect(changed.length).toBeGreaterThan(500)
      for (const [index, { document, script }] of changed.entries()) {
        const expected = real[index]
        if (expected === undefined || expected.error !== undefined) continue
        expect({ document, script, text: applyV3Script(script, document).text }).toEqual({
          document,
          script,
          text: expected.output,
        })
      }
    })
  },
)
