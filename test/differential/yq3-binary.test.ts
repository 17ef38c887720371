import { describe, expect, test } from 'vitest'

import { findOracle } from '../conformance/oracle.ts'
import { compareWithYq3, runYq3 } from '../conformance/yq3-binary.ts'
import { seededDraw } from './draw.ts'
import { wildCase } from './v3-wild.ts'

const program = findOracle('yq3')

describe.skipIf(program === undefined)(
  'random yq 3 scripts that need not fit their documents (skipped without the real yq 3.4.1 among the oracles)',
  () => {
    test('give what yq 3.4.1 prints, and are refused with a position where it refuses them', async () => {
      const cases = Array.from({ length: 150 }, (_, index) => wildCase(seededDraw(9_000_000 + index)))
      const { differences, printed } = compareWithYq3(cases, await runYq3(program ?? '', cases))
      expect(printed).toBeGreaterThan(75)
      expect(differences).toEqual([])
    }, 120_000)
  },
)
