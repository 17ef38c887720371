import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { openWorkspace } from '@overlay-render/render'
import { describe, expect, test } from 'vitest'

import { KUSTOM, trees } from '../support/corpus-by-hand.ts'
import { skipReason } from '../support/needs.ts'

type Digests = Readonly<Record<string, Readonly<Record<string, string>>>>

/** SHA-256 of the output of yq 4.53.6; for kubevirt-2021, of its v3 scripts translated to yq 4 (record-configs.js). */
const recorded: Readonly<Record<'kubevirt-2026' | 'kubevirt-2021', Digests>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recorded-configs.json'), 'utf8'),
)

// The trees are read in place: where symlinks are stored as text, their target configs are read.
const CASES = [
  ...Object.entries(recorded['kubevirt-2026']).map(
    ([overlay, digests]) => ['kubevirt-2026', overlay, trees.kubevirt2026, digests] as const,
  ),
  ...Object.entries(recorded['kubevirt-2021']).map(
    ([overlay, digests]) => ['kubevirt-2021', overlay, trees.kubevirt2021, digests] as const,
  ),
]

const skipped = skipReason('corpus')
describe.skipIf(skipped !== '')(
  `configs of the KubeVirt trees are the bytes that were recorded${skipped}`,
  () => {
    test.each(CASES)('%s %s', async (_, overlay, tree, digests) => {
      const workspace = await openWorkspace(join(tree, KUSTOM))
      const { configs } = await workspace.renderConfigs(overlay)
      const ours = configs.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')])
      expect(Object.fromEntries(ours)).toEqual(digests)
    })
  },
)
