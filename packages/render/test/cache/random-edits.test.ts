import { join } from 'node:path'

import { Fault } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { seededDraw } from '../../../../test/differential/draw.ts'
import { RenderCache } from '../../src/cache/render-cache.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { layTree } from '../temporary-tree.ts'
import { EditedTree } from './edited-tree.ts'

/** The number of edits and the seed: `OVERLAY_RENDER_CACHE_EDITS=5000` runs longer, `OVERLAY_RENDER_CACHE_SEED` from another seed. */
const EDITS = Number(process.env['OVERLAY_RENDER_CACHE_EDITS'] ?? 40)
const SEED = Number(process.env['OVERLAY_RENDER_CACHE_SEED'] ?? 1)

/** The whole result of a render, in a form that can be compared. */
async function outcome(tree: EditedTree, name: string, cache: RenderCache | undefined): Promise<unknown> {
  try {
    const workspace = await openWorkspace(tree.workspace, { kustomize: tree.kustomize, cache })
    const {
      duration: _duration,
      resources,
      kinds,
      ...rendered
    } = await workspace.render(name, { secrets: 'stub' })
    cache?.finish()
    return JSON.parse(
      JSON.stringify({
        ...rendered,
        manifests: Buffer.from(rendered.manifests).toString(),
        configs: rendered.configs.map(({ source: _source, ...config }) => ({
          ...config,
          bytes: Buffer.from(config.bytes).toString(),
        })),
        resources: resources.map(({ id }) => id),
        kinds: [...kinds],
      }),
    )
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, sentence, position, hint, details } = error
    return JSON.parse(JSON.stringify({ code, sentence, position, hint, details }))
  }
}

/** The result without the times that `now` makes. */
function withoutClock(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/gu, 'NOW'))
}

test(`after any of ${EDITS} random edits a cached render equals an uncached one`, async () => {
  const folder = layTree({})
  const tree = new EditedTree(seededDraw(SEED))
  const log: string[] = []
  let [hits, renders] = [0, 0]
  /** Rounds since an overlay last rendered. */
  let broken = 0
  for (let round = 0; round < EDITS; round++) {
    if (broken > 1) {
      tree.restoreAll()
      log.push('restoreAll')
    } else if (broken > 0) {
      tree.restoreFiles()
      log.push('restoreFiles')
    } else log.push(tree.edit())
    broken++
    for (const name of ['a', 'b']) {
      // A new cache each time, as each run of the command has.
      const cache = new RenderCache({ folder: join(folder, 'renders') })
      const cached = await outcome(tree, name, cache)
      const fresh = await outcome(tree, name, undefined)
      expect(withoutClock(cached), `${name} after ${log.slice(-12).join(', ')}`).toEqual(withoutClock(fresh))
      hits += cache.hits
      if (typeof fresh === 'object' && fresh !== null && 'manifests' in fresh) {
        renders++
        broken = 0
      }
    }
  }
  // The edits often return to earlier states. Without this, a cache that never answers would pass.
  expect(renders).toBeGreaterThan(EDITS / 5)
  expect(hits).toBeGreaterThan(renders / 5)
}, 3_600_000)
