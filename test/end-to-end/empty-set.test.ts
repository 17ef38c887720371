import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { laySmallWorkspace } from '../hostile/support/small-workspace.ts'
import { runCommand } from '../support/command.ts'
import { skipReason } from '../support/needs.ts'

// Finding no overlays is an error, and goldens of removed overlays stay until someone names or prunes them.

const skip = skipReason('kustomize')
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\n'
const EMPTY = 'version: 1\nsecrets: stub\n'

describe.skipIf(skip !== '')(`overlays${skip}`, () => {
  test.for([
    ['golden', 'check'],
    ['golden', 'update'],
    ['render', '--all'],
  ])('that do not exist are an error of %s, and no golden is removed', async (command) => {
    const { folder } = laySmallWorkspace(undefined, {
      'overlay-render.yaml': EMPTY,
      'golden/x.yaml': CONFIG_MAP,
    })
    rmSync(join(folder, 'overlays'), { recursive: true })
    mkdirSync(join(folder, 'overlays'))
    const { status, stdout, stderr } = await runCommand([...command, '-C', folder])
    expect(stderr).toMatch(/^error: this workspace has no overlays: overlays\/\* matches no folder$/m)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(existsSync(join(folder, 'golden/x.yaml'))).toBe(true)
  })

  test('that were removed keep their goldens until they are named or pruned', async () => {
    const { folder } = laySmallWorkspace(undefined, {
      'overlay-render.yaml': EMPTY,
      'overlays/x/yq_scripts/config.yaml': '',
      'golden/gone.yaml': CONFIG_MAP,
      'golden/old.yaml': CONFIG_MAP,
      'golden/older.yaml': CONFIG_MAP,
    })
    rmSync(join(folder, 'overlays/x/yq_scripts'), { recursive: true })
    const goldens = (): string[] => readdirSync(join(folder, 'golden')).sort()
    const update = async (...args: string[]) => runCommand(['golden', 'update', ...args, '-C', folder])
    const all = await update()
    expect(all.stdout).toMatch(
      /A golden without an overlay: gone, old, older\. To remove it, name it or add --prune/,
    )
    expect(goldens()).toEqual(['gone.yaml', 'old.yaml', 'older.yaml', 'x.yaml'])
    const check = await runCommand(['golden', 'check', '-C', folder])
    expect(check.stdout).toMatch(/To accept: overlay-render .*golden update.* gone old older$/m)
    expect((await update('gone')).status).toBe(0)
    expect(goldens()).toEqual(['old.yaml', 'older.yaml', 'x.yaml'])
    expect((await update('gone')).stderr).toMatch(/there is no overlay gone/)
    expect((await update('--prune')).stdout).toMatch(/old: 1 removed/)
    expect(goldens()).toEqual(['x.yaml'])
  })

  test('are written and counted although one fails', async () => {
    const { folder } = laySmallWorkspace(undefined, {
      'overlays/y/kustomization.yaml': 'resources: [gone.yaml]\n',
      'overlays/z/kustomization.yaml': '{}\n',
    })
    writeFileSync(join(folder, 'overlays/z/kustomization.yaml'), 'namePrefix: z-\n')
    const text = await runCommand(['render', 'x', 'y', '-C', folder])
    expect(text.stderr).toMatch(/gone\.yaml/)
    expect(text.stderr).toMatch(/^1 of 2 overlays were rendered; these were not: y$/m)
    expect(text.status).toBe(2)
    expect(readFileSync(join(folder, 'rendered/x/manifests.yaml'), 'utf8')).toMatch(/kind: ConfigMap/)
    const json = await runCommand(['render', 'x', 'y', '--json', '-C', folder])
    expect(JSON.parse(json.stdout)).toMatchObject({
      overlays: [{ overlay: 'x' }],
      errors: [{ overlay: 'y' }],
    })
    expect(json.status).toBe(2)
    const piped = await runCommand(['render', 'x', 'y', '--stdout', '-C', folder])
    expect({ status: piped.status, stdout: piped.stdout }).toEqual({ status: 2, stdout: '' })
  })
})
