import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { openWorkspace, type Workspace } from '@overlay-render/render'
import { Fault } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { metal3ByHand, PROW, trees } from '../support/corpus-by-hand.ts'
import { differences } from '../support/differences.ts'
import { skipReason } from '../support/needs.ts'
import { OverlayTable } from '../support/overlay-table.ts'
import { prepareByHand } from '../support/prepare-by-hand.ts'
import { copyWorkspace, type WorkspaceCopy } from '../support/workspace-copy.ts'

const RESOURCES: Readonly<Record<string, number>> = { metal3: 79, base: 48, 'capo-cluster': 12 }

/** The roots with remote resources, each with the kustomizations it builds: its URLs are those of all of them. */
const REMOTE_ROOTS: readonly (readonly [root: string, ...kustomizations: string[]])[] = [
  ['calico', 'bootstrap/calico'],
  ['capi', 'capi'],
  ['cluster-resources', 'cluster-resources'],
  ['flux', 'flux', 'capi'],
  ['infra', 'infra', 'infra/traefik'],
  ['traefik', 'infra/traefik'],
  ['bootstrap', 'bootstrap', 'bootstrap/calico'],
]

const skipped = skipReason('corpus', 'kustomize')
describe.skipIf(skipped !== '')(`metal3-2026 renders to the bytes of the manual steps${skipped}`, () => {
  const table = new OverlayTable()
  let copy: WorkspaceCopy
  let workspace: Workspace

  beforeAll(async () => {
    copy = await copyWorkspace(trees.metal3, PROW, join(import.meta.dirname, 'config/metal3-2026.yaml'))
    workspace = await openWorkspace(copy.folder)
  })
  afterAll(async () => {
    table.print('metal3-2026')
    await copy.dispose()
  })

  test.each(Object.entries(metal3ByHand))('%s: the same bytes', async (overlay, work) => {
    const rendered = await workspace.render(overlay, { secrets: 'stub' })
    expect(differences(rendered, await prepareByHand(work))).toEqual([])
    expect(rendered.resources).toHaveLength(RESOURCES[overlay] ?? 0)
    table.add(overlay, { resources: rendered.resources.length, result: 'same bytes' })
  })

  test.each(REMOTE_ROOTS)(
    '%s: every URL is refused at its position, with a hint',
    async (name, ...kustomizations) => {
      const fault = await faultOf(workspace.render(name))
      expect(fault.code).toBe('network-refused')
      const said = [fault.message, ...fault.details].join('\n')
      for (const { url, place } of kustomizations.flatMap(urlsIn)) {
        expect(said.split('\n').filter((line) => line.includes(url) && line.includes(place))).toHaveLength(1)
      }
      expect(fault.hint).toMatch(/kustomize: *\{?network: true|kustomize\.network/u)
      table.add(name, { result: 'refused: it needs the network' })
    },
  )

  test.each(['external-secrets-operator', 'bootstrap'])('%s: its chart has no copy', async (name) => {
    const fault = await faultOf(workspace.render(name))
    expect([fault.message, ...fault.details].join('\n')).toMatch(
      /bootstrap\/external-secrets-operator\/kustomization\.yaml:\d+.*chart external-secrets 1\.1\.0 of https:\S+ has no copy in the tree/u,
    )
    expect(fault.blame).toBe('input')
  })
})

/** The URLs in the resources of a kustomization of the tree, with file and line. */
function urlsIn(folder: string): { url: string; place: string }[] {
  const file = join(folder, 'kustomization.yaml')
  const lines = readFileSync(join(trees.metal3, PROW, file), 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    const url = /^- (https?:\S+)$/u.exec(line)?.[1]
    return url === undefined ? [] : [{ url, place: `${file}:${index + 1}` }]
  })
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof Fault)) throw new Error('no fault was thrown', { cause: error })
  return error
}
