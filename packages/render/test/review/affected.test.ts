import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openWorkspace } from '../../src/open-workspace.ts'
import { layTree, type Tree } from '../temporary-tree.ts'

/** A repository with one commit. */
function commitTree(files: Tree): string {
  const top = layTree(files)
  git(top, 'init', '--quiet')
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  return top
}

function git(top: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: top })
}

async function affectedBy(top: string): Promise<string[]> {
  const { affected } = await (await openWorkspace(top)).affected('HEAD')
  return affected.map(({ overlay }) => overlay)
}

const KUSTOMIZATION = { 'overlays/a/kustomization.yaml': 'configMapGenerator: [{name: c, files: [x.txt]}]\n' }
const settingsWith = (value: string, before = ''): string =>
  `version: 1\nsecrets: stub\n${before}settings:\n  a: {templates: [{text: "{{ y }}", to: x.txt}], values: {y: ${value}}}\n`

const VALUES = [
  '1',
  '"1"',
  '{position: 1}',
  '{position: 2}',
  '{a: {position: [1]}}',
  '{a: {position: [2]}}',
  '{a: 1}',
  '[[a, 1]]',
  '.nan',
  '.inf',
  '-.inf',
  '0.0',
  '-0.0',
  'null',
  '{file: secret.yaml, stub: {position: 1}}',
  '{file: secret.yaml, stub: {position: 2}}',
  '{file: secret.yaml, key: .a}',
  '{env: A}',
  '{env: A, stub: "1"}',
] as const

test('another value of a template affects its overlay, and a moved line does not', async () => {
  const top = commitTree({ ...KUSTOMIZATION, 'overlay-render.yaml': settingsWith('start') })
  for (const [index, value] of VALUES.entries()) {
    const next = VALUES[index + 1] ?? 'end'
    writeFileSync(join(top, 'overlay-render.yaml'), settingsWith(value))
    git(top, 'commit', '--quiet', '--all', '--message=value')
    writeFileSync(join(top, 'overlay-render.yaml'), settingsWith(value, '# a line\n'))
    expect(await affectedBy(top), `moved: ${value}`).toEqual([])
    writeFileSync(join(top, 'overlay-render.yaml'), settingsWith(next))
    expect(await affectedBy(top), `${value} to ${next}`).toEqual(['a'])
  }
}, 120_000)

test('a manifest that is added to or removed from the top folder of the repository affects the overlay in it', async () => {
  const top = commitTree({
    'overlay-render.yaml':
      'version: 1\nsecrets: stub\noverlays: [{path: ., kind: folder, skip: [overlay-render.yaml]}]\n',
    'one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n',
    'two.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\n',
  })
  expect(await affectedBy(top)).toEqual([])
  writeFileSync(join(top, 'three.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: three}\n')
  expect(await affectedBy(top)).toEqual(['root'])
  rmSync(join(top, 'three.yaml'))
  rmSync(join(top, 'two.yaml'))
  expect(await affectedBy(top)).toEqual(['root'])
})
