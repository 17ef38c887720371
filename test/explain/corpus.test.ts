import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { KUSTOM, PROW, trees } from '../support/corpus-by-hand.ts'
import { skipReason } from '../support/needs.ts'
import { proveCount, proveSeed, sayProof } from '../support/prove.ts'
import { copyWorkspace } from '../support/workspace-copy.ts'
import { proveExplain } from './prove-explain.ts'

const WORKSPACES = [
  [
    'kubevirt-2026',
    trees.kubevirt2026,
    KUSTOM,
    ['kubevirt-prow-control-plane', 'prow-workloads', 'kubevirtci-testing'],
  ],
  ['kubevirt-2021', trees.kubevirt2021, KUSTOM, ['workloads-production', 'ibmcloud-production']],
  ['metal3-2026', trees.metal3, PROW, ['metal3', 'capo-cluster']],
] as const

/** A Role that ibmcloud-production lists although its base has it: kustomize refuses the overlay. */
const SECOND_ROLE = '  - resources/sinker-rbac.yaml\n'

async function copyTree(name: string, tree: string, workspace: string) {
  const copy = await copyWorkspace(
    tree,
    workspace,
    join(import.meta.dirname, '../corpus/config', `${name}.yaml`),
  )
  if (name !== 'kubevirt-2021') return copy
  const file = join(copy.folder, 'overlays/ibmcloud-production/kustomization.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace(SECOND_ROLE, ''))
  return copy
}

const skipped = skipReason('corpus', 'kustomize')
describe.skipIf(skipped !== '')(`explain names the position that sets a value${skipped}`, () => {
  test.each(WORKSPACES)(
    '%s',
    async (name, tree, workspace, overlays) => {
      const copy = await copyTree(name, tree, workspace)
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
