import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, expect, test, vi } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree, type Tree } from './temporary-tree.ts'

// Which patch selects other objects with another kustomize: kustomize 4 applies components before generators, kustomize 5.1 after
// them.

const kustomize5 = join(import.meta.dirname, '../../../.cache/oracles/bin/kustomize5')

afterEach(() => vi.unstubAllEnvs())

const FILES: Tree = {
  '.git/HEAD': '',
  'overlay-render.yaml': 'version: 1\n',
  'overlays/a/kustomization.yaml':
    'resources: [m.yaml]\ncomponents: [../../component]\nconfigMapGenerator: [{name: made, literals: [a=b]}]\n',
  'overlays/a/m.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\ndata: {a: b}\n',
}

function component(value: string): Tree {
  return {
    ...FILES,
    'component/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target: {kind: ConfigMap}
  patch: '[{"op": "add", "path": "/data/a", "value": "${value}"}]'
`,
  }
}

test('a program that is compared and not there is not called the pin, which alone a command installs', async () => {
  vi.stubEnv('PATH', '')
  vi.stubEnv('XDG_CACHE_HOME', join(layTree({}), 'cache'))
  const workspace = await openWorkspace(layTree(FILES))
  await expect(workspace.comparePins('4.5.4', '5.2.1', [])).rejects.toMatchObject({
    code: 'pin-not-met',
    message: 'kustomize 5.2.1 was not found',
    hint: expect.stringContaining('put it on PATH'),
  })
})

const compare = async (files: Tree): ReturnType<Awaited<ReturnType<typeof openWorkspace>>['comparePins']> => {
  const folder = layTree(files)
  const onPath = join(folder, '.git/bin')
  mkdirSync(onPath)
  symlinkSync(kustomize5, join(onPath, 'kustomize'))
  vi.stubEnv('PATH', onPath)
  return (await openWorkspace(folder)).comparePins('4.5.4', '5.8.1')
}

test.skipIf(!existsSync(kustomize5))(
  'a patch that selects more is named, also where the output is the same (skipped: needs kustomize 5.8.1, pnpm oracles)',
  async () => {
    const made = { apiVersion: 'v1', kind: 'ConfigMap', namespace: '', name: 'made' }
    const change = {
      patch: 'patches[0]',
      position: { file: 'component/kustomization.yaml', line: 4, column: 3 },
      more: [made],
      fewer: [],
    }
    expect(await compare(component('c'))).toMatchObject([
      { outcome: 'compared', diff: { resources: [{}] }, selections: [change] },
    ])
    expect(await compare(component('b'))).toMatchObject([
      { outcome: 'compared', diff: { resources: [] }, selections: [change] },
    ])
    expect(await compare(FILES_WITHOUT_GENERATOR)).toMatchObject([{ selections: [] }])
  },
)

const FILES_WITHOUT_GENERATOR: Tree = {
  ...component('c'),
  'overlays/a/kustomization.yaml': 'resources: [m.yaml]\ncomponents: [../../component]\n',
}
