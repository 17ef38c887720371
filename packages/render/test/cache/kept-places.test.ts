import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { RenderCache } from '../../src/cache/render-cache.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { traceOverlay } from '../../src/render-overlay.ts'
import { layTree } from '../temporary-tree.ts'

vi.mock('../../src/render-overlay.ts', { spy: true })

test('a check that finds what it found before traces no build again, and points to the same patches', async () => {
  const tree = layTree({
    'overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\nsecrets: stub\n',
    'overlays/x/kustomization.yaml': 'resources: [web.yaml]\npatches: [{path: patch.yaml}]\n',
    'overlays/x/web.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: prow}\nspec: {ports: [{port: 80}]}\n',
    'overlays/x/patch.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: prow}\nspec:\n  selectr: {app: web}\n',
  })
  const folder = join(layTree({}), 'renders')
  const check = async (): Promise<readonly string[]> => {
    const cache = new RenderCache({ folder })
    const workspace = await openWorkspace(tree, { cache })
    const found = await workspace.check(['x'])
    cache.finish()
    return found.map(({ rule, position }) => `${position?.file ?? ''}:${position?.line ?? 0} ${rule}`)
  }
  const first = await check()
  expect(first).toContain('overlays/x/patch.yaml:5 schema')
  expect(traceOverlay).toHaveBeenCalledTimes(1)
  expect(await check()).toEqual(first)
  expect(traceOverlay).toHaveBeenCalledTimes(1)
})
