import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { diskView, type EntryKind, onlyListed, openRepository } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { seededDraw } from '../../../test/differential/draw.ts'
import { openWorkspace } from '../src/index.ts'
import { askTrackedFiles, listTrackedFiles } from '../src/tracked-files.ts'
import { layTree } from './temporary-tree.ts'

const git = (folder: string, ...args: string[]): void => {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  execFileSync('git', [...who, '-C', folder, ...args], { stdio: 'ignore' })
}

const PARTS = ['a', 'a.b', 'a-', 'a0', 'é', '\u{1f600}', '~', ' ', '? x', 'skip'] as const

test('a view shows exactly the files that git lists, in the index or not, and the folders above them', async () => {
  const draw = seededDraw(5)
  for (let round = 0; round < 6; round++) {
    const drawName = (): string =>
      Array.from({ length: 1 + draw.below(3) }, () => PARTS[draw.below(PARTS.length)]).join('/')
    const names = new Set(Array.from({ length: 12 }, drawName))
    const files = [...names].filter((name) => ![...names].some((other) => other.startsWith(`${name}/`)))
    const folder = layTree(Object.fromEntries(['.gitignore', ...files].map((name) => [name, 'skip\n'])))
    git(folder, 'init', '-q')
    for (const file of files) if (draw.below(2) === 0) git(folder, 'add', '--force', '--', file)
    git(join(folder), 'init', '-q', 'nested')
    const { isVisible, added } = await askTrackedFiles(folder, await openRepository(folder))
    const all = await listTrackedFiles(folder)
    const isListed = onlyListed(folder, all)
    expect(all).toEqual(expect.arrayContaining([...added]))
    for (const name of [...files, ...files.map((file) => `${file}/below`), 'nested', 'nested/x', ...PARTS]) {
      for (let path = join(folder, name); path.startsWith(folder); path = join(path, '..')) {
        const kinds: readonly EntryKind[] = ['file', 'folder', 'link']
        for (const kind of kinds)
          expect([path, kind, isVisible(path, kind)]).toEqual([path, kind, isListed(path, kind)])
      }
    }
    expect(all.filter((path) => diskView.kindOf(path) === undefined)).toEqual([])
  }
})

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'

test.each([
  ['near the workspace', 'deploy/run.sh', 'kubectl apply -f prod/once.yaml\n', []],
  ['far from the workspace', 'tools/deep/run.sh', 'kubectl apply -f prod/once.yaml\n', []],
  [
    'far from it, by a pattern',
    'tools/run.sh',
    'for name in once\ndo kubectl apply -f prod/${name}.yaml\ndone\n',
    [],
  ],
  ['nowhere', 'tools/run.sh', 'kubectl apply -f prod/other.yaml\n', ['unused-file']],
])('a file is used if a script names it %s', async (_place, script, text, rules) => {
  const folder = layTree({
    'deploy/kustom/overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\n',
    'deploy/kustom/overlays/prod/kustomization.yaml': 'resources: [pod.yaml]\n',
    'deploy/kustom/overlays/prod/pod.yaml': POD,
    'deploy/kustom/overlays/prod/once.yaml': POD,
    [script]: text,
  })
  git(folder, 'init', '-q')
  const found = await (await openWorkspace(join(folder, 'deploy/kustom'))).check(['prod'])
  expect(found.map(({ rule }) => rule).filter((rule) => rule === 'unused-file')).toEqual(rules)
})
