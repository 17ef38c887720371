import { join } from 'node:path'

import { copyTree } from '../support/copy-tree.ts'
import { KUSTOM } from '../support/corpus-by-hand.ts'
import { copyCorpus } from '../support/corpus-copy.ts'
import { root } from '../support/oracles.ts'
import { LaidTree } from './laid-tree.ts'

/** By tree: the overlays in which faults are laid. */
export const TREES = {
  fixture: ['overlays/control-plane', 'overlays/workloads'],
  'kubevirt-2026': ['overlays/kubevirt-prow-control-plane', 'overlays/prow-workloads'],
  'kubevirt-2021': ['overlays/workloads-production', 'overlays/ibmcloud-production'],
  'metal3-2026': ['manifests/overlays/metal3', 'capo-cluster'],
} as const

/** A copy of a tree to lay faults in, and its end. */
export async function copyOf(
  name: keyof typeof TREES,
): Promise<{ readonly tree: LaidTree; readonly dispose: () => Promise<void> }> {
  if (name === 'fixture') {
    const copy = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
    return { tree: new LaidTree(join(copy.path, KUSTOM), TREES[name]), dispose: async () => copy.dispose() }
  }
  const { folder, dispose } = await copyCorpus(name)
  return { tree: new LaidTree(folder, TREES[name]), dispose }
}
