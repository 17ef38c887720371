import { join } from 'node:path'

import { copyTree } from '../support/copy-tree.ts'
import { KUSTOM, PROW, trees } from '../support/corpus-by-hand.ts'
import { root } from '../support/oracles.ts'
import { copyWorkspace } from '../support/workspace-copy.ts'
import { LaidTree } from './laid-tree.ts'

/** The trees in which faults are laid: workspaces of this repository, and the real ones. */
export const TREES = {
  fixture: {
    tree: join(root, 'overlays-fixtures/kubevirt'),
    workspace: KUSTOM,
    overlays: ['overlays/control-plane', 'overlays/workloads'],
  },
  'kubevirt-2026': {
    tree: trees.kubevirt2026,
    workspace: KUSTOM,
    overlays: ['overlays/kubevirt-prow-control-plane', 'overlays/prow-workloads'],
  },
  'kubevirt-2021': {
    tree: trees.kubevirt2021,
    workspace: KUSTOM,
    overlays: ['overlays/workloads-production'],
  },
  'metal3-2026': {
    tree: trees.metal3,
    workspace: PROW,
    overlays: ['manifests/overlays/metal3', 'capo-cluster'],
  },
} as const

/** A copy of a tree to lay faults in, and its end. */
export async function copyOf(
  name: keyof typeof TREES,
): Promise<{ readonly tree: LaidTree; readonly dispose: () => Promise<void> }> {
  const { tree, workspace, overlays } = TREES[name]
  if (name === 'fixture') {
    const copy = await copyTree(tree)
    const folder = join(copy.path, workspace)
    return { tree: new LaidTree(folder, overlays), dispose: async () => copy.dispose() }
  }
  const { folder, dispose } = await copyWorkspace(
    tree,
    workspace,
    join(root, 'test/corpus/config', `${name}.yaml`),
  )
  return { tree: new LaidTree(folder, overlays), dispose }
}
