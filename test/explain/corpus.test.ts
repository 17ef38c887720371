import { describe, expect, test } from 'vitest'

import { skipReason } from '../support/needs.ts'
import { proveCount, proveSeed, sayProof } from '../support/prove.ts'
import { copyCorpus } from '../support/corpus-copy.ts'
import { proveExplain } from './prove-explain.ts'

const WORKSPACES = [
  ['kubevirt-2026', ['kubevirt-prow-control-plane', 'prow-workloads', 'kubevirtci-testing']],
  ['kubevirt-2021', ['workloads-production', 'ibmcloud-production']],
  ['metal3-2026', ['metal3', 'capo-cluster']],
] as const

const skipped = skipReason('corpus', 'kustomize')
describe.skipIf(skipped !== '')(`explain names the position that sets a value${skipped}`, () => {
  test.each(WORKSPACES)(
    '%s',
    async (name, overlays) => {
      const copy = await copyCorpus(name)
      const counterexamples: string[] = []
      try {
        for (const overlay of overlays) {
          const count = Math.ceil(proveCount(12) / overlays.length)
          const proof = await proveExplain(copy.folder, overlay, { count, seed: proveSeed() })
          sayProof(
            `explain ${name} ${overlay}: ${proof.changed} leaves changed at their positions, all ${proof.leaves} compared in each of ${proof.renders} renders, ${proof.counterexamples.length} counterexamples`,
          )
          counterexamples.push(...proof.counterexamples)
        }
      } finally {
        await copy.dispose()
      }
      expect(counterexamples).toEqual([])
    },
    7_200_000,
  )
})
