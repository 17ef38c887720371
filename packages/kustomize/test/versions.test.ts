import { join } from 'node:path'

import { runProcess } from '@overlay-render/system'
import { afterAll, describe, expect, test } from 'vitest'

import { type Fields, rowOf, type Shape } from '../src/graph/field-shape.ts'
import { KUSTOMIZATION_FIELDS } from '../src/graph/kustomization-fields.ts'
import { buildKustomize, type Kustomize, parsePin, resolveKustomize } from '../src/index.ts'
import { type Behaviour, hasBehaviour } from '../src/versions/behaviours.ts'
import { versionWithin, type VersionRange } from '../src/versions/compare-versions.ts'
import { hasKubectl, installedKustomizes, kubectlPath } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

afterAll(removeTrees)

const kustomizes = await installedKustomizes()
const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'

/** A field of a kustomization: its path (0 for an item of a list), and the versions that know it. */
interface FieldCase {
  readonly path: readonly (string | 0)[]
  readonly shape: Shape
  readonly ranges: readonly VersionRange[]
}

function* listFields(
  fields: Fields,
  above: readonly (string | 0)[] = [],
  outer: readonly VersionRange[] = [],
): Generator<FieldCase> {
  for (const [name, field] of Object.entries(fields)) {
    const versioned = rowOf(field)
    const path = [...above, name]
    const ranges = [...outer, versioned]
    yield { path, shape: versioned.shape, ranges }
    const { shape } = versioned
    if (typeof shape !== 'object') continue
    const inner = 'list' in shape ? shape.list : shape
    if (typeof inner === 'object' && 'fields' in inner) {
      yield* listFields(inner.fields, 'list' in shape ? [...path, 0] : path, ranges)
    }
  }
}

function sampleOf(shape: Shape): unknown {
  if (shape === 'flag') return true
  if (shape === 'number') return 1
  if (shape === 'any') return null
  if (shape === 'text' || 'names' in shape || 'source' in shape) return 'x'
  return 'list' in shape ? [] : {}
}

/** A kustomization with these fields. Top-level keys have no quotes, because kustomize before 5.0 searches the text for `imageTags:`. */
function kustomizationWith(fields: readonly FieldCase[]): string {
  const whole: Record<string, unknown> = {}
  for (const { path, shape } of fields) place(whole, path, sampleOf(shape))
  return Object.entries(whole)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('')
}

/** Sets `value` at `path` in a tree whose lists have one item; a field that already has inner fields is kept. */
function place(tree: Record<string, unknown>, path: readonly (string | 0)[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    tree[key] ??= value
    return
  }
  const isList = rest[0] === 0
  const inner = childOf(tree[key])
  tree[key] = isList ? [inner] : inner
  place(inner, isList ? rest.slice(1) : rest, value)
}

function childOf(value: unknown): Record<string, unknown> {
  const item: unknown = Array.isArray(value) ? value[0] : value
  return typeof item === 'object' && item !== null ? { ...item } : {}
}

/** The outermost key of a field's path that the version does not know, which kustomize's error names. */
function firstUnknown({ path, ranges }: FieldCase, version: string): string | undefined {
  const keys = path.filter((step) => step !== 0)
  return keys[ranges.findIndex((range) => !versionWithin(version, range))]
}

describe.each(kustomizes.map((kustomize) => [kustomize.version, kustomize] as const))(
  'kustomize %s',
  (version, kustomize) => {
    test('knows exactly the fields of the table', { timeout: 120_000 }, async () => {
      const fields = [...listFields(KUSTOMIZATION_FIELDS)]
      const isKnown = ({ ranges }: FieldCase): boolean =>
        ranges.every((range) => versionWithin(version, range))
      // kustomize names only the first unknown field, so all known ones can be tested in one file.
      expect(await unknownFieldIn(kustomize, kustomizationWith(fields.filter(isKnown)))).toBeUndefined()
      for (const field of fields.filter((candidate) => !isKnown(candidate))) {
        expect(await unknownFieldIn(kustomize, kustomizationWith([field]))).toBe(firstUnknown(field, version))
      }
    })

    test('has the flags of the table', async () => {
      const root = await makeTree({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': CM })
      const { manifests } = await buildKustomize({ kustomize, root })
      expect(Buffer.from(manifests).toString()).toBe(CM)
      const flag = hasBehaviour(version, 'underscore-flags') ? '--load-restrictor' : '--load_restrictor'
      const { exitCode } = await run(kustomize, ['build', flag, 'LoadRestrictionsRootOnly', root])
      expect(exitCode).not.toBe(0)
    })

    test.each<[Behaviour, Record<string, string>, 'fails' | 'succeeds']>([
      [
        'lonely-quote-crashes',
        { 'kustomization.yaml': `configMapGenerator: [{name: q, literals: ['a="']}]\n` },
        'fails',
      ],
      ['empty-kustomization-refused', { 'kustomization.yaml': 'kind: Kustomization\n' }, 'fails'],
      [
        'empty-patch-refused',
        {
          'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
          'p.yaml': '[]\n',
          'a.yaml': CM,
        },
        'fails',
      ],
      [
        'patch-has-many-documents',
        {
          'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
          'p.yaml': `${CM}---\n${CM}`,
          'a.yaml': CM,
        },
        'succeeds',
      ],
      [
        'patches-take-paths',
        { 'kustomization.yaml': 'resources: [a.yaml]\npatches: [a.yaml]\n', 'a.yaml': CM },
        'succeeds',
      ],
    ])('has the behaviour %s exactly if the table says so', async (behaviour, files, outcome) => {
      const { exitCode } = await run(kustomize, ['build', await makeTree(files)])
      const succeeds = exitCode === 0
      expect(succeeds).toBe(hasBehaviour(version, behaviour) === (outcome === 'succeeds'))
    })

    test('reads the environment for an env file exactly if the table says so', async () => {
      const root = await makeTree({
        'kustomization.yaml': 'configMapGenerator: [{name: q, envs: [e.env]}]\n',
        'e.env': 'OVERLAY_RENDER_CANARY\n',
      })
      const { stdout } = await run(kustomize, ['build', root], { OVERLAY_RENDER_CANARY: 'from-outside' })
      const isRead = Buffer.from(stdout).toString().includes('from-outside')
      expect(isRead).toBe(hasBehaviour(version, 'env-file-reads-environment'))
    })
  },
)

describe('kubectl', () => {
  test.skipIf(!hasKubectl)(
    'builds with the kustomize inside (skipped: needs kubectl 1.34.2, pnpm oracles --all)',
    async () => {
      const options = { explicitPath: kubectlPath, storeFolder: '/nowhere', env: {} }
      const kubectl = await resolveKustomize(parsePin('1.34.2', 'kubectl'), options)
      expect(kubectl).toMatchObject({ program: 'kubectl', programVersion: '1.34.2', version: '5.7.1' })
      const root = await makeTree({
        'kustomization.yaml': 'namePrefix: x-\nresources: [a.yaml]\n',
        'a.yaml': CM,
      })
      const { manifests } = await buildKustomize({ kustomize: kubectl, root })
      expect(Buffer.from(manifests).toString()).toBe(CM.replace('name: a', 'name: x-a'))
      const outside = await makeTree({
        'in/kustomization.yaml': 'configMapGenerator: [{name: q, files: [../a.yaml]}]\n',
        'a.yaml': CM,
      })
      await expect(buildKustomize({ kustomize: kubectl, root: join(outside, 'in') })).rejects.toThrow()
    },
  )

  test('that is a script is rejected', async () => {
    const folder = await makeTree({
      kubectl: '#!/bin/sh\necho \'{"clientVersion": {"gitVersion": "v1.34.2"}}\'\n',
    })
    const options = { explicitPath: join(folder, 'kubectl'), storeFolder: '/nowhere', env: {} }
    const failure = resolveKustomize(parsePin('1.34.2', 'kubectl'), options)
    await expect(failure).rejects.toMatchObject({
      code: 'pin-not-met',
      details: [expect.stringContaining('is a script, not the program itself')],
    })
  })
})

async function unknownFieldIn(kustomize: Kustomize, kustomization: string): Promise<string | undefined> {
  const root = await makeTree({ 'kustomization.yaml': kustomization })
  const { stderr } = await run(kustomize, ['build', root])
  return /unknown field "([^"]*)"/u.exec(stderr)?.[1]
}

function run(kustomize: Kustomize, args: readonly string[], env: Record<string, string> = {}) {
  return runProcess(kustomize.path, args, { env, timeout: 60_000 })
}
