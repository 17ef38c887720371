import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { openWorkspace, type Workspace } from '@overlay-render/render'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { kubevirt2021ByHand, KUSTOM, trees } from '../support/corpus-by-hand.ts'
import { configDifferences, differences } from '../support/differences.ts'
import { skipReason } from '../support/needs.ts'
import { kustomize387, root } from '../support/oracles.ts'
import { OverlayTable } from '../support/overlay-table.ts'
import { prepareByHand } from '../support/prepare-by-hand.ts'
import { kubevirt2021Configs } from '../support/v3-in-v4.ts'
import { copyWorkspace, type WorkspaceCopy } from '../support/workspace-copy.ts'

const skipped = skipReason('corpus', 'yq', 'kustomize')
describe.skipIf(skipped !== '')(`kubevirt-2021 renders to the bytes of the manual steps${skipped}`, () => {
  const table = new OverlayTable()
  let copy: WorkspaceCopy
  let workspace: Workspace

  beforeAll(async () => {
    copy = await copyWorkspace(
      trees.kubevirt2021,
      KUSTOM,
      join(import.meta.dirname, 'config/kubevirt-2021.yaml'),
    )
    workspace = await openWorkspace(copy.folder)
  })
  afterAll(async () => {
    table.print('kubevirt-2021')
    await copy.dispose()
  })

  test.each(Object.entries(kubevirt2021ByHand))('%s: the same bytes', async (overlay, work) => {
    const rendered = await workspace.render(overlay, { secrets: 'stub' })
    expect(differences(rendered, await prepareByHand(work))).toEqual([])
    expect(rendered.resources).toHaveLength(10)
    table.add(overlay, { resources: rendered.resources.length, result: 'same bytes, manifests and configs' })
  })

  // yq 3 cannot be installed everywhere: its scripts, translated to yq 4, must give the same configs.
  test.each(['ibmcloud-production', 'kubevirtci-testing'])(
    '%s: the configs that its v3 scripts make',
    async (overlay) => {
      const rendered = await workspace.renderConfigs(overlay)
      expect(configDifferences(rendered, await kubevirt2021Configs(overlay))).toEqual([])
      table.add(overlay, { result: 'configs: same bytes as the v3 scripts in the words of yq 4' })
    },
  )

  test('ibmcloud-production: a panic of kustomize is an error of one sentence with both sources, and exit status 2', async () => {
    const { exitCode, stderr, stdout } = await runCommand(
      `-C ${copy.folder} render ibmcloud-production --stdout --secrets stub`.split(' '),
    )
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^error: .*\bRole\b.*\bsinker\b.*kubevirt-prow-jobs/mu)
    expect(stderr).toContain('base/manifests/test_infra/current/sinker_rbac.yaml')
    expect(stderr).toContain('overlays/ibmcloud-production/resources/sinker-rbac.yaml')
    expect(stderr).not.toMatch(/goroutine|panic:|\.go:\d+/u)
    table.add('ibmcloud-production', {
      result: stderr.split('\n').find((line) => line.startsWith('error: ')) ?? '',
    })
  })
})

const skipped3 = skipReason('corpus', 'kustomize3')
describe.skipIf(skipped3 !== '')(`kubevirt-2021 with the kustomize of its time${skipped3}`, () => {
  test('two different Roles with one name are a finding, and every command compares them', async () => {
    const copy = await copyWorkspace(
      trees.kubevirt2021,
      KUSTOM,
      join(import.meta.dirname, 'config/kubevirt-2021.yaml'),
    )
    try {
      const role = join(copy.folder, 'overlays/ibmcloud-production/resources/sinker-rbac.yaml')
      const open = async () => openWorkspace(copy.folder, { pin: '3.8.7', kustomize: kustomize387() })
      const { golden } = await open()
      const [updated] = await golden.update(['ibmcloud-production'])
      expect(updated).toMatchObject({
        outcome: { written: ['ibmcloud-production.yaml'] },
        warnings: expect.arrayContaining([
          expect.objectContaining({ rule: 'duplicate-identity', severity: 'error' }),
        ]),
      })
      expect(await golden.check(['ibmcloud-production'])).toMatchObject([{ outcome: { differs: false } }])
      writeFileSync(role, readFileSync(role, 'utf8').replace('- get', '- create'))
      const diff = await (await open()).diff('golden:ibmcloud-production', 'ibmcloud-production')
      expect(diff.resources.map(({ kind, id }) => `${kind} ${id.kind} ${id.name}`)).toEqual([
        'changed Role sinker',
      ])
      expect(diff.findings).toMatchObject([{ rule: 'duplicate-identity' }])
    } finally {
      await copy.dispose()
    }
  })
})

function runCommand(args: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((done, fail) => {
    const command = join(root, 'packages/cli/bin/overlay-render.js')
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) => {
      if (error === null) done({ exitCode: 0, stdout, stderr })
      else if (typeof error.code === 'number') done({ exitCode: error.code, stdout, stderr })
      else fail(error)
    })
  })
}
