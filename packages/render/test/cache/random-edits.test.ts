import { join } from 'node:path'

import { Fault } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { seededDraw } from '../../../../test/differential/draw.ts'
import { proveCount, proveSeed, sayProof } from '../../../../test/support/prove.ts'
import { RenderCache } from '../../src/cache/render-cache.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { EditedTree } from '../random/edited-tree.ts'
import { withoutClock } from '../random/outcome.ts'
import { layTree } from '../temporary-tree.ts'

const EDITS = proveCount(40)
const SEED = proveSeed()

/** The overlays that are rendered; those that edits have removed have a fault. */
const NAMES = ['a', 'b', 'd', 'plain'] as const

/** The whole result of a render, as text without the times that `now` makes. */
async function outcome(tree: EditedTree, name: string, cache: RenderCache | undefined): Promise<string> {
  try {
    const workspace = await openWorkspace(tree.workspace, { cache })
    const {
      duration: _duration,
      resources,
      kinds,
      ...rendered
    } = await workspace.render(name, { secrets: 'stub' })
    cache?.finish()
    return textOf({
      ...rendered,
      manifests: Buffer.from(rendered.manifests).toString(),
      configs: rendered.configs.map(({ source: _source, ...config }) => ({
        ...config,
        bytes: Buffer.from(config.bytes).toString(),
      })),
      resources: resources.map(({ id }) => id),
      kinds: [...kinds],
    })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { code, sentence, position, hint, details } = error
    return textOf({ code, sentence, position, hint, details })
  }
}

function textOf(value: object): string {
  return withoutClock(JSON.stringify(value, undefined, 1))
}

test(`after any of ${EDITS} random edits a cached render equals an uncached one`, async () => {
  const folder = layTree({})
  const tree = new EditedTree(seededDraw(SEED))
  const log: string[] = []
  let [hits, renders, comparisons] = [0, 0, 0]
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
    for (const name of NAMES) {
      // A new cache each time, as each run of the command has.
      const cache = new RenderCache({ folder: join(folder, 'renders') })
      const cached = await outcome(tree, name, cache)
      const fresh = await outcome(tree, name, undefined)
      expect(cached, `${name} after ${log.slice(-16).join('; ')}`).toBe(fresh)
      comparisons++
      hits += cache.hits
      if (fresh.includes('"manifests"')) {
        renders++
        broken = 0
      }
    }
  }
  sayProof(
    `cache (seed ${SEED}): ${EDITS} edits, ${comparisons} comparisons, ${renders} rendered, ${hits} from the cache, 0 differ`,
  )
  // The edits often return to earlier states. Without this, a cache that never answers would pass.
  expect(renders).toBeGreaterThan(EDITS / 5)
  expect(hits).toBeGreaterThan(renders / 5)
}, 7_200_000)
