import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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

const PLAIN = { 'plain/one.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n' }
const WITH_PLAIN =
  'version: 1\nsecrets: stub\noverlays: [overlays/*, {path: plain, kind: folder}]\nsettings:\n  plain: {values: {y: 1}}\n'

/** Bases that cannot be opened with the configuration of their own, and how the change corrects that. */
const BROKEN_BASES: readonly (readonly [title: string, base: Tree, change: Tree])[] = [
  [
    'a pattern that matches no folder',
    { 'overlay-render.yaml': WITH_PLAIN.replace(/settings:[^]*/u, '') },
    PLAIN,
  ],
  [
    'settings of an overlay that is missing',
    { 'overlay-render.yaml': settingsWith('1').replace('a:', 'b:') },
    PLAIN,
  ],
  [
    'a pattern that is not valid',
    { 'overlay-render.yaml': 'version: 1\nsecrets: stub\noverlays: ["/x"]\n' },
    PLAIN,
  ],
  ['a configuration that is a broken link', { 'overlay-render.yaml': '-> nothing.yaml' }, PLAIN],
  ['no configuration, and not every folder that the new one names', {}, PLAIN],
]

test.each(BROKEN_BASES)('a change can correct a base with %s', async (_title, base, change) => {
  const top = commitTree({ ...KUSTOMIZATION, 'overlays/a/x.txt': '1', ...base })
  for (const [path, text] of Object.entries({ ...change, 'overlay-render.yaml': WITH_PLAIN })) {
    mkdirSync(dirname(join(top, path)), { recursive: true })
    rmSync(join(top, path), { force: true })
    writeFileSync(join(top, path), text)
  }
  const found = await (await openWorkspace(top)).affected('HEAD')
  expect(found.borrowsConfiguration).toBe(true)
  expect(found.affected.map(({ overlay, change: how }) => `${overlay} ${how}`)).toEqual(['plain added'])
})

test('an overlay that extends itself is affected, before the correction and by it', async () => {
  const circle = 'version: 1\nsecrets: stub\nsettings: {a: {extends: b}, b: {extends: a}}\n'
  const plain = 'version: 1\nsecrets: stub\n'
  const overlays = {
    ...KUSTOMIZATION,
    'overlays/a/x.txt': '1',
    'overlays/b/kustomization.yaml': 'namePrefix: b-\n',
  }
  for (const [before, after] of [
    [circle, plain],
    [plain, circle],
  ] as const) {
    const top = commitTree({ ...overlays, 'overlay-render.yaml': before })
    writeFileSync(join(top, 'overlay-render.yaml'), after)
    expect(await affectedBy(top)).toEqual(['a', 'b'])
  }
})

test('another digest of the program in overlay-render.lock affects each overlay that is built', async () => {
  const lock = (digest: string): string =>
    `kustomize:\n  version: 4.5.4\n  sha256:\n    linux-x64: ${digest.repeat(64)}\n`
  const top = commitTree({
    ...KUSTOMIZATION,
    ...PLAIN,
    'overlays/a/x.txt': '1',
    'overlay-render.yaml': WITH_PLAIN,
    'overlay-render.lock': lock('a'),
  })
  expect(await affectedBy(top)).toEqual([])
  writeFileSync(join(top, 'overlay-render.lock'), lock('b'))
  expect(await affectedBy(top)).toEqual(['a'])
})
