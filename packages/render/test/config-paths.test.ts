import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree, type Tree } from './temporary-tree.ts'

// Configs with the same basename: their base configs and patch scripts are in different folders, as KubeVirt's were in 2020.

const tree = (more: Tree): Tree => ({
  '.git/HEAD': '',
  'base/configs/v1/config/config.yaml': 'plank: {}\n',
  'base/configs/v1/docker-mirror/config.yaml': 'version: 0.1 # of the mirror\n',
  'base/configs/v1/labels/labels.yaml': 'labels: []\n',
  'base/configs/current': '-> v1',
  'overlays/a/yq_scripts/config/config.yaml': '.plank.x = 1\n',
  'overlay-render.yaml':
    'version: 1\nconfigs: {base: base/configs/current, files: [config/config.yaml, docker-mirror/config.yaml, labels/labels.yaml]}\n',
  'overlays/a/kustomization.yaml':
    'configMapGenerator: [{name: c, files: [configs/config/config.yaml, mirror=configs/docker-mirror/config.yaml, configs/labels/labels.yaml]}]\n',
  ...more,
})

test('configs with the same basename each have a base config and a patch script by their path', async () => {
  const rendered = await (await openWorkspace(layTree(tree({})))).render('a', { secrets: 'stub' })
  expect(rendered.configs.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
    ['config/config.yaml', 'plank:\n  x: 1\n'],
    ['docker-mirror/config.yaml', 'version: 0.1 # of the mirror\n'],
    ['labels/labels.yaml', 'labels: []\n'],
  ])
  expect(rendered.configs.map(({ script }) => script)).toEqual([
    'overlays/a/yq_scripts/config/config.yaml',
    undefined,
    undefined,
  ])
  expect(Buffer.from(rendered.manifests).toString()).toContain(
    'mirror: |\n    version: 0.1 # of the mirror\n',
  )
})

test('a base config that is missing in the target of a link is reported as missing', async () => {
  const { 'base/configs/v1/labels/labels.yaml': _, ...files } = tree({})
  await expect((await openWorkspace(layTree(files))).render('a', { secrets: 'stub' })).rejects.toMatchObject({
    sentence:
      'the base config base/configs/current/labels/labels.yaml does not exist: base/configs/current is a link to v1',
  })
})
