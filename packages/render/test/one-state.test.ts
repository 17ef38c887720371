import { join } from 'node:path'

import { diskView, type TreeView } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree } from './temporary-tree.ts'

test('a render reads each file once, although it changes during the render', async () => {
  const root = layTree({
    'overlay-render.yaml':
      'version: 1\nconfigs: {base: base, files: [config.yaml, other.yaml], allow: [load]}\n',
    'base/config.yaml': 'a: 0\n',
    'base/other.yaml': 'a: other\n',
    'overlays/x/yq_scripts/config.yaml': '.b = load_str("../../base/config.yaml")\n',
    'overlays/x/yq_scripts/other.yaml': '.b = load_str("../../base/config.yaml")\n',
    'overlays/x/kustomization.yaml': 'resources: []\n',
  })
  const changed = join(root, 'base/config.yaml')
  let reads = 0
  const view: TreeView = {
    ...diskView,
    readFile: (path) => (path === changed ? Buffer.from(`a: ${++reads}\n`) : diskView.readFile(path)),
  }
  const workspace = await openWorkspace(root, { view })
  for (const state of [1, 2]) {
    const { configs, observations } = await workspace.renderConfigs('x', { secrets: 'stub' })
    expect(configs.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      `a: ${state}\nb: |\n  a: ${state}\n`,
      `a: other\nb: |\n  a: ${state}\n`,
    ])
    expect(observations.filter(({ path }) => path === changed)).toHaveLength(1)
  }
})
