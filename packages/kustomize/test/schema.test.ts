import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { diskView, Tree } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { buildKustomize, type Kustomize, prepareSchema, walkInputs } from '../src/index.ts'
import { canAppend } from '../src/schema/add-schema.ts'
import { findSchema } from '../src/schema/embedded-schema.ts'
import { stripSchema } from '../src/schema/strip-schema.ts'
import { kustomize4 } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

const CUSTOM = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {list: [1]}\n'
const POD = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  template:
    spec:
      containers: [{name: one, env: [{name: A, value: "1"}], ports: [{containerPort: 1}]}, {name: two}]
      volumes: [{name: v, emptyDir: {}}]
      tolerations: [{key: a}]
`
const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  template:
    spec:
      containers: [{name: two, image: x}, {name: one, env: [{name: B, value: "2"}], ports: [{containerPort: 1, name: x}]}]
      volumes: [{name: v, $patch: delete}, {name: w}]
      tolerations: [{key: b}]
`

let kustomize: Kustomize
let schema: string

beforeAll(async () => {
  kustomize = await kustomize4()
  schema = (await prepareSchema(kustomize, await makeTree({}))) ?? ''
})
afterAll(removeTrees)

type Outcome = { readonly manifests: string } | { readonly message: string }

/** The results of a build with and without the schema. Checks that the stage is restored. */
async function buildBoth(
  files: Readonly<Record<string, string>>,
  root = '.',
): Promise<readonly [Outcome, Outcome]> {
  const stage = await makeTree(files)
  const folder = join(stage, root)
  const graph = walkInputs(folder, { tree: new Tree(diskView, { boundary: [stage] }), version: '4.5.4' })
  expect(graph.faults).toEqual([])
  const build = async (options: { readonly schema?: string }): Promise<Outcome> => {
    try {
      const { manifests } = await buildKustomize({ kustomize, root: folder, stage, graph, ...options })
      return { manifests: Buffer.from(manifests).toString() }
    } catch (error) {
      return { message: error instanceof Error ? error.message : String(error) }
    }
  }
  const outcomes = [await build({ schema }), await build({})] as const
  const name = join(root, 'kustomization.yaml')
  expect(await readFile(join(stage, name), 'utf8')).toBe(files[name])
  return outcomes
}

describe('a build with the stripped schema has the same output', () => {
  test('for every kind of the schema, patched and moved to a namespace', async () => {
    const carried = findSchema(await readFile(kustomize.path))
    const { definitions } = JSON.parse(carried?.form === 'json' ? carried.text : '') as {
      definitions: Record<string, Record<string, unknown>>
    }
    const kinds = Object.values(definitions).flatMap((definition) => {
      const known = definition['x-kubernetes-group-version-kind'] as
        | { group: string; version: string; kind: string }[]
        | undefined
      return known?.length === 1 && !known[0]?.kind.endsWith('List') ? known : []
    })
    expect(kinds.length).toBeGreaterThan(80)
    const objects = kinds.map(({ group, version, kind }, index) => {
      return `apiVersion: ${group === '' ? version : `${group}/${version}`}\nkind: ${kind}\nmetadata: {name: n${index}}\n`
    })
    const [fast, plain] = await buildBoth({
      'kustomization.yaml':
        'namespace: moved\nresources: [all.yaml]\npatchesStrategicMerge: [patches.yaml]\n',
      'all.yaml': objects.join('---\n'),
      'patches.yaml': objects
        .map((text) => text.replace('metadata: {', 'metadata: {labels: {a: b}, '))
        .join('---\n'),
    })
    expect(plain).toHaveProperty('manifests')
    expect(fast).toEqual(plain)
  })

  test.each([
    ['a custom resource', { 'kustomization.yaml': 'namespace: x\nresources: [r.yaml]\n', 'r.yaml': CUSTOM }],
    [
      'a merge of lists by key',
      {
        'kustomization.yaml': 'resources: [r.yaml]\npatches: [{path: p.yaml}]\n',
        'r.yaml': POD,
        'p.yaml': PATCH,
      },
    ],
    [
      'a patch of a custom resource',
      {
        'kustomization.yaml': 'resources: [r.yaml]\npatchesStrategicMerge: [p.yaml]\n',
        'r.yaml': CUSTOM,
        'p.yaml': CUSTOM.replace('[1]', '[2]'),
      },
    ],
    [
      'a schema set by a base, which takes precedence',
      {
        'kustomization.yaml': 'resources: [base]\npatchesStrategicMerge: [p.yaml]\n',
        'p.yaml': PATCH,
        'base/kustomization.yaml': 'resources: [r.yaml]\nopenapi: {path: s.json}\n',
        'base/s.json': '{"definitions": {}}',
        'base/r.yaml': POD,
      },
    ],
    [
      'a kustomization to which no line can be appended',
      { 'kustomization.yaml': '{resources: [r.yaml]}\n', 'r.yaml': CUSTOM },
    ],
  ])('%s', async (_title, files) => {
    const [fast, plain] = await buildBoth(files)
    expect(plain).toHaveProperty('manifests')
    expect(fast).toEqual(plain)
  })

  test('and the same failure', async () => {
    const [fast, plain] = await buildBoth({
      'kustomization.yaml': 'resources: [r.yaml]\npatchesStrategicMerge: [p.yaml]\n',
      'r.yaml': CUSTOM,
      'p.yaml': PATCH,
    })
    expect(plain).toHaveProperty('message')
    expect(fast).toEqual(plain)
  })
})

describe('a key can be appended to', () => {
  test.each([
    ['resources: [a]\n', true],
    ['# c\n---\nresources:\n- a\n', true],
    ['\uFEFFresources: [a]\r\n', true],
    ['resources:\n- a\n# end\n', true],
    ['patches:\n- patch: |\n    x\n', true],
    ['resources: [a]', false],
    ['{resources: [a]}\n', false],
    ['  resources: [a]\n', false],
    ['resources: [a]\n---\nfoo: 1\n', false],
    ['resources: [a]\n...\n', false],
    ['patches:\n- patch: |+\n    x\n\n', false],
    ['patches:\n- patch: >2+\n      x\n\n', false],
    ['- a\n', false],
    ['', false],
    ['a: [\n', false],
  ])('%j: %s', (text, expected) => expect(canAppend(text)).toBe(expected))
})

describe('a stripped schema', () => {
  test('keeps everything but descriptions, also a field with that name', () => {
    const schema = {
      swagger: '2.0',
      info: {},
      paths: { '/x': {} },
      definitions: {
        A: {
          description: 'gone',
          properties: {
            description: { description: 'gone', type: 'string' },
            b: { items: { description: 'gone' } },
          },
          'x-kubernetes-group-version-kind': [{ kind: 'A' }],
        },
        B: { description: 'all there is' },
      },
    }
    expect(JSON.parse(stripSchema(JSON.stringify(schema)) ?? '')).toEqual({
      swagger: '2.0',
      info: {},
      paths: {},
      definitions: {
        A: {
          properties: { description: { type: 'string' }, b: { items: {} } },
          'x-kubernetes-group-version-kind': [{ kind: 'A' }],
        },
        B: { description: '-' },
      },
    })
  })

  test('is created once, and again when it is damaged, only for 4.5.4', async () => {
    const store = await makeTree({})
    const made = await prepareSchema(kustomize, store)
    expect(made).toBe(await prepareSchema(kustomize, store))
    const bytes = await readFile(made ?? '')
    await writeFile(made ?? '', bytes.toString('latin1').replace('merge', 'MERGE'), 'latin1')
    expect(await prepareSchema(kustomize, store)).toBe(made)
    expect((await readFile(made ?? '')).equals(bytes)).toBe(true)
    expect(bytes.length).toBeLessThan(300_000)
    expect(await prepareSchema({ ...kustomize, version: '5.8.1' }, store)).toBeUndefined()
    expect(findSchema(Buffer.from('no program'))).toBeUndefined()
  })
})
