import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

test('watch renders again on a change, shows what it changed, survives a fault, and ends on Ctrl-C', async () => {
  const tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  onTestFinished(() => tree.dispose())
  const kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  const file = join(kustom, 'overlays/workloads/resources/image-puller.yaml')
  const before = readFileSync(file, 'utf8')
  const steps = [
    {
      when: 'waiting for a change',
      act: () => writeFileSync(file, before.replace(/image: \S+/, 'image: registry.example/changed:1')),
    },
    { when: 'registry.example/changed:1', act: () => writeFileSync(file, 'a: [\n') },
    {
      when: 'error: ',
      act: () => writeFileSync(file, before.replace(/image: \S+/, 'image: registry.example/changed:2')),
    },
    { when: 'registry.example/changed:2', act: (pid: number) => process.kill(pid, 'SIGINT') },
  ]
  const { status, stdout, stderr } = await runCommand(['watch', 'workloads', '-C', kustom], {
    onText: (text, pid) => {
      const [step] = steps
      if (step !== undefined && text.includes(step.when)) {
        steps.shift()
        // Editors write a moment after they were asked to.
        setTimeout(() => step.act(pid), 300)
      }
    },
  })
  expect(steps).toEqual([])
  expect(stdout).toMatch(/workloads: 21 resources in .*; waiting for a change, Ctrl-C ends\./)
  expect(stderr).toMatch(/image-puller\.yaml/)
  expect(status).toBe(130)
})
