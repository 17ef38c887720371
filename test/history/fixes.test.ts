import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { root } from '../support/oracles.ts'
import { cloneOf, judgeFix, listFixes } from './fixes.ts'

const CLONES = process.env['OVERLAY_RENDER_CLONES'] ?? join(root, '../.mirror')
const fixes = listFixes()
const quick = fixes.filter(({ quick: isQuick }) => isQuick === true)
const isHere = quick.every((fix) => cloneOf(fix, CLONES) !== undefined)
const reason = isHere ? '' : ' (skipped: needs clones of KubeVirt and Metal3 in OVERLAY_RENDER_CLONES)'

test('each fix has a rule and a fault, or why no rule can tell it', () => {
  const isTold = fixes.map(
    ({ rule, says, fault, unseen }) => [rule, says, fault].every(Boolean) !== Boolean(unseen),
  )
  expect(isTold).not.toContain(false)
})

describe.skipIf(!isHere)(`the faults that commits mended${reason}`, () => {
  test.each(quick)('$repository $commit: $fault', { timeout: 300_000 }, async (fix) => {
    const judged = await judgeFix(fix, cloneOf(fix, CLONES) ?? '')
    expect(judged).toEqual({ isFound: true, isGone: true })
  })
})
