import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { SeenOutputs } from '../json/outputs.ts'
import { runCommand } from '../support/command.ts'
import { KUSTOM, trees } from '../support/corpus-by-hand.ts'
import { skipReason } from '../support/needs.ts'
import { copyWorkspace, type WorkspaceCopy } from '../support/workspace-copy.ts'

// The JSON output of a real deployment is as its schemas say.

// Four overlays, one of which has 817 KB of manifests.
vi.setConfig({ testTimeout: 240_000 })

const EDITED = 'overlays/prow-workloads/kustomization.yaml'

const WHO = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']

const CASES: readonly { readonly output: string; readonly args: readonly string[] }[] = [
  { output: 'render', args: ['render', '--all', '--secrets', 'stub'] },
  { output: 'check', args: ['check'] },
  {
    output: 'explain',
    args: ['explain', 'kubevirt-prow-control-plane', 'Deployment/deck', '.spec.template'],
  },
  { output: 'secrets', args: ['secrets', 'kubevirt-prow-control-plane'] },
  { output: 'affected', args: ['affected', '--base', 'HEAD'] },
  { output: 'review', args: ['review', '--base', 'HEAD'] },
]

const skipped = skipReason('corpus', 'kustomize')
describe.skipIf(skipped !== '')(`the JSON output of kubevirt-2026 is valid${skipped}`, () => {
  let copy: WorkspaceCopy

  beforeAll(async () => {
    copy = await copyWorkspace(
      trees.kubevirt2026,
      KUSTOM,
      join(import.meta.dirname, 'config/kubevirt-2026.yaml'),
    )
    const git = (...args: string[]) => execFileSync('git', ['-C', copy.folder, ...WHO, ...args])
    git('init', '--quiet', '../..')
    git('add', '--all', '../..')
    git('commit', '--quiet', '--message=base')
    appendFileSync(join(copy.folder, EDITED), '\ncommonAnnotations: {edited: "true"}\n')
  })
  afterAll(() => copy.dispose())

  test.each(CASES)('$output', async ({ output, args }) => {
    const { stdout, status } = await runCommand(['-C', copy.folder, ...args, '--json'], { cached: true })
    expect(new SeenOutputs().check(output, stdout)).toEqual([])
    expect(status).toBeLessThan(2)
  })
})
