import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { type CommandResult, runCommand } from '../support/command.ts'

// What a person sees of init. What it decides is tested in packages/render.

let tree: TemporaryFolder
beforeEach(async () => {
  tree = await makeTemporaryFolder('init-command')
})
afterEach(async () => tree.dispose())

function write(path: string, text: string): void {
  mkdirSync(join(tree.path, path, '..'), { recursive: true })
  writeFileSync(join(tree.path, path), text)
}

const init = async (...args: string[]): Promise<CommandResult> =>
  runCommand(['-C', tree.path, 'init', ...args], { cwd: tree.path })

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\n'
function writeOverlays(count: number): void {
  for (let index = 1; index <= count; index++) write(`clusters/c${index}/a.yaml`, CONFIG_MAP)
}

test('each of a few overlays has a line that says whether it renders', async () => {
  writeOverlays(2)
  const { status, stdout } = await init()
  expect(stdout).toMatch(
    /^c1 {2}renders\nc2 {2}renders\nWrote overlay-render\.yaml: 2 of 2 overlays render\.$/mu,
  )
  expect(stdout).toMatch(/^Next: overlay-render golden update$/mu)
  expect(status).toBe(0)
})

test('of many overlays only those are listed about which there is something to say', async () => {
  writeOverlays(30)
  write('clusters/c7/kubeconfigs/config.yaml', 'apiVersion: v1\nkind: Config\n')
  write('pkg/testdata/a.yaml', CONFIG_MAP)
  const { stdout } = await init()
  expect(stdout.split('\n')).toEqual([
    'No kustomization is here: folders of plain manifests are the overlays.',
    'clusters/c7: skips kubeconfigs (no manifests)',
    'pkg/testdata is left out: it looks like test data; to render it, list it under overlays',
    'Wrote overlay-render.yaml: 30 of 30 overlays render.',
    '1 left out: each is in the file as a comment, with the reason.',
    'Next: overlay-render golden update',
    '',
  ])
})

test('a repository with only Prow jobs is told to check them', async () => {
  write('config/jobs/a.yaml', 'periodics: []\n')
  const { status, stdout } = await init()
  expect(stdout).toMatch(/^Wrote overlay-render\.yaml\.\nNext: overlay-render jobs check$/mu)
  expect(status).toBe(0)
})
