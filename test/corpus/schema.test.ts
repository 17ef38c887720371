import { join } from 'node:path'

import { type ApiDocument, loadApi } from '@overlay-render/kustomize'
import { openWorkspace } from '@overlay-render/render'
import { makeTemporaryFolder } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { seededDraw } from '../differential/draw.ts'
import { isMap, type JsonObject } from '../schema/draw-object.ts'
import { drawMutations, mutate } from '../schema/mutate.ts'
import { ourAnswer, readDefinitions } from '../schema/our-answer.ts'
import { StrictServer } from '../schema/strict-server.ts'
import { KUSTOM, PROW, trees } from '../support/corpus-by-hand.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes, kustomize454 } from '../support/oracles.ts'
import { copyWorkspace } from '../support/workspace-copy.ts'

const TREES = [
  ['kubevirt-2026', trees.kubevirt2026, KUSTOM],
  ['kubevirt-2021', trees.kubevirt2021, KUSTOM],
  ['metal3-2026', trees.metal3, PROW],
] as const

/** The number of mutations to test for each object. */
const MUTATIONS = 2
const SEED = 2026

const skipped = skipReason('corpus', 'kustomize', 'kubernetes')
describe.skipIf(skipped !== '')(
  `real deployments, by the rule schema and by a real API server${skipped}`,
  () => {
    let server: StrictServer
    let api: ApiDocument

    beforeAll(async () => {
      const programs = kubernetes()
      const store = await makeTemporaryFolder('schema')
      const loaded = await loadApi({ path: kustomize454() ?? '', sha256: 'any' }, store.path)
      await store.dispose()
      if (programs === undefined || loaded === undefined) throw new RangeError('the programs are gone')
      api = loaded
      server = await StrictServer.start(programs)
    })
    afterAll(async () => server.dispose())

    test.each(TREES)(
      '%s: the same verdicts, as it is and mutated',
      async (name, tree, workspace) => {
        const objects = await renderObjects(name, tree, workspace)
        const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition')
        for (const definition of definitions) await server.create(definition)
        const known = readDefinitions(definitions.map((each) => JSON.stringify(each)).join('\n---\n'))
        const draw = seededDraw(SEED)
        const others: unknown[] = []
        let count = 0
        for (const object of objects) {
          // The OpenAPI document does not define the contents of openAPIV3Schema.
          const mutations = drawMutations(object, MUTATIONS, draw).filter(
            ({ place }) => !place.includes('openAPIV3Schema'),
          )
          for (const mutation of [undefined, ...mutations]) {
            const each = mutation === undefined ? object : mutate(object, mutation)
            const verdict = await server.verdict(each)
            if (verdict.answer === 'absent') continue
            count++
            const ours = ourAnswer(each, api, known)
            const isFalse = ours.messages.length > 0 && verdict.message === ''
            if (ours.answer !== verdict.answer || isFalse)
              others.push([object['kind'], mutation, verdict.message.slice(0, 300), ours.messages])
          }
        }
        expect(others).toEqual([])
        expect(count).toBeGreaterThan(objects.length)
      },
      300_000,
    )
  },
)

/** Every object of a tree's overlays, in a namespace that the server has. */
async function renderObjects(name: string, tree: string, workspace: string): Promise<JsonObject[]> {
  const copy = await copyWorkspace(tree, workspace, join(import.meta.dirname, 'config', `${name}.yaml`))
  try {
    const opened = await openWorkspace(copy.folder)
    const results = await opened.renderAll(opened.allOverlays(), { secrets: 'stub' })
    const texts = results.flatMap((result) =>
      'rendered' in result && 'resources' in result.rendered
        ? result.rendered.resources.map(({ text }) => text)
        : [],
    )
    return [...new Set(texts)].map((text) => inDefault(parse(text, { version: '1.1', merge: true })))
  } finally {
    await copy.dispose()
  }
}

function inDefault(object: JsonObject): JsonObject {
  const { metadata } = object
  if (isMap(metadata) && metadata['namespace'] !== undefined) metadata['namespace'] = 'default'
  return object
}
