import { join } from 'node:path'

import { openWorkspace, type Workspace } from '@overlay-render/render'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { kubevirt2026ByHand, KUSTOM, trees } from '../support/corpus-by-hand.ts'
import { differences } from '../support/differences.ts'
import { skipReason } from '../support/needs.ts'
import { OverlayTable } from '../support/overlay-table.ts'
import { prepareByHand } from '../support/prepare-by-hand.ts'
import { copyWorkspace, type WorkspaceCopy } from '../support/workspace-copy.ts'

const RESOURCES: Readonly<Record<string, number>> = {
  'kubevirt-prow-control-plane': 135,
  'prow-workloads': 43,
  'prow-arm64-workloads': 2,
  'kubevirtci-testing': 135,
}

const skipped = skipReason('corpus', 'yq', 'kustomize')
describe.skipIf(skipped !== '')(`kubevirt-2026 renders to the bytes of the manual steps${skipped}`, () => {
  const table = new OverlayTable()
  let copy: WorkspaceCopy
  let workspace: Workspace

  beforeAll(async () => {
    copy = await copyWorkspace(
      trees.kubevirt2026,
      KUSTOM,
      join(import.meta.dirname, 'config/kubevirt-2026.yaml'),
    )
    workspace = await openWorkspace(copy.folder)
  })
  afterAll(async () => {
    table.print('kubevirt-2026')
    await copy.dispose()
  })

  test.each(Object.entries(kubevirt2026ByHand))('%s: the same bytes', async (overlay, work) => {
    const rendered = await workspace.render(overlay, { secrets: 'stub' })
    expect(differences(rendered, await prepareByHand(work))).toEqual([])
    expect(rendered.resources).toHaveLength(RESOURCES[overlay] ?? 0)
    table.add(overlay, { resources: rendered.resources.length, result: 'same bytes, manifests and configs' })
  })
})
