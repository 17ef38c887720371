import { describe, expect, test } from 'vitest'

import { skipReason } from '../support/needs.ts'
import { proveCount, proveSeed, sayProof } from '../support/prove.ts'
import { KUSTOMIZATION_FAULTS } from './kustomization-faults.ts'
import { HARMLESS_CHANGES } from './harmless-changes.ts'
import { makeChanges } from './make-changes.ts'
import { layFaults } from './lay-faults.ts'
import { MANIFEST_FAULTS } from './manifest-faults.ts'
import { SCRIPT_FAULTS } from './script-faults.ts'
import { copyOf } from './trees.ts'

const FAULTS = [...MANIFEST_FAULTS, ...KUSTOMIZATION_FAULTS, ...SCRIPT_FAULTS]

describe.each([
  ['fixture', skipReason('kustomize')],
  ['kubevirt-2026', skipReason('corpus', 'kustomize')],
  ['kubevirt-2021', skipReason('corpus', 'kustomize')],
  ['metal3-2026', skipReason('corpus', 'kustomize')],
] as const)('%s', (name, skipped) => {
  test.skipIf(skipped !== '')(
    `check finds every fault that is laid in it${skipped}`,
    async () => {
      const { tree, dispose } = await copyOf(name)
      try {
        const { laid, refused, undone, elsewhere, checks, missed } = await layFaults(tree, FAULTS, {
          count: proveCount(4),
          seed: proveSeed(),
        })
        const total = [...laid.values()].reduce((sum, count) => sum + count, 0)
        const rules = [...laid]
          .sort()
          .map(([rule, count]) => `${rule} ${count}`)
          .join(', ')
        sayProof(
          `check ${name}: ${total} faults laid, ${total - missed.length} found, ${elsewhere.length} of them by another rule; also ${refused} that kustomize refuses and ${undone} that a later step undoes; ${checks} checks (${rules})`,
        )
        for (const fault of elsewhere) sayProof(`  by another rule: ${fault}`)
        for (const fault of missed) sayProof(`  missed: ${fault}`)
        expect(missed).toEqual([])
      } finally {
        await dispose()
      }
    },
    7_200_000,
  )
  test.skipIf(skipped !== '')(
    `check adds no finding for harmless changes of it${skipped}`,
    async () => {
      const { tree, dispose } = await copyOf(name)
      try {
        const { made, refused, added } = await makeChanges(tree, HARMLESS_CHANGES, {
          count: Math.ceil(proveCount(4) / 2),
          seed: proveSeed(),
        })
        const total = [...made.values()].reduce((sum, count) => sum + count, 0)
        sayProof(
          `check ${name}: ${total} harmless changes of ${made.size} kinds made, ${added.length} findings added; also ${refused.length} that kustomize refuses`,
        )
        for (const line of [...refused, ...added]) sayProof(`  ${line}`)
        expect(added).toEqual([])
      } finally {
        await dispose()
      }
    },
    7_200_000,
  )
})
