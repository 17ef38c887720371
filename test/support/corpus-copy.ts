import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { KUSTOM, PROW, trees } from './corpus-by-hand.ts'
import { root } from './oracles.ts'
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts'

const CORPUS = {
  'kubevirt-2026': [trees.kubevirt2026, KUSTOM],
  'kubevirt-2021': [trees.kubevirt2021, KUSTOM],
  'metal3-2026': [trees.metal3, PROW],
} as const

/** A Role that ibmcloud-production lists although its base has it: kustomize refuses the overlay. */
const SECOND_ROLE = '  - resources/sinker-rbac.yaml\n'

/** Copies a real tree with its settings, so that all overlays that tests name can be rendered. */
export async function copyCorpus(name: keyof typeof CORPUS): Promise<WorkspaceCopy> {
  const [tree, workspace] = CORPUS[name]
  const copy = await copyWorkspace(tree, workspace, join(root, 'test/corpus/config', `${name}.yaml`))
  if (name !== 'kubevirt-2021') return copy
  const file = join(copy.folder, 'overlays/ibmcloud-production/kustomization.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace(SECOND_ROLE, ''))
  return copy
}
