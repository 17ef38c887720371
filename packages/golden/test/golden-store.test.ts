import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type GoldenLayout, GoldenStore, parseManifests } from '../src/index.ts'

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: deck\n  namespace: prow\nspec:\n  type: NodePort\n'
const ROLE =
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: system:deck\nrules: []\n'
const CONFIG =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: prow\ndata:\n  a: "1"\n'

const manifests = (...documents: string[]): ReturnType<typeof parseManifests> =>
  parseManifests(documents.join('---\n'), { file: 'render' })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overlay-render-golden-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const filesBelow = async (path: string): Promise<string[]> => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()
}

describe('one file per overlay', () => {
  test('has the documents sorted by identity, with one newline at the end', async () => {
    const store = new GoldenStore(folder)
    await store.update('testing', manifests(`${SERVICE}\n\n`, ROLE, CONFIG))
    expect(await readFile(join(folder, 'testing.yaml'), 'utf8')).toBe([ROLE, CONFIG, SERVICE].join('---\n'))
  })

  test('does not depend on the order of the render', async () => {
    const store = new GoldenStore(folder)
    await store.update('a', manifests(SERVICE, ROLE, CONFIG))
    await store.update('b', manifests(CONFIG, SERVICE, ROLE))
    expect(await readFile(join(folder, 'a.yaml'), 'utf8')).toBe(
      await readFile(join(folder, 'b.yaml'), 'utf8'),
    )
  })

  test('keeps the text of resources with only layout changes', async () => {
    const store = new GoldenStore(folder)
    await store.update('testing', manifests(SERVICE, CONFIG))
    const spaced = CONFIG.replace('a: "1"', "a:   '1'")
    const result = await store.update('testing', manifests(SERVICE.replace('NodePort', 'ClusterIP'), spaced))
    expect(result.written).toEqual(['testing.yaml'])
    expect(await readFile(join(folder, 'testing.yaml'), 'utf8')).toContain('a: "1"')
  })

  test('keeps ignored values', async () => {
    const store = new GoldenStore(folder)
    const rules = { ignore: [{ kind: 'ConfigMap', path: '$.data.a' }] }
    await store.update('testing', manifests(CONFIG))
    const update = await store.update('testing', manifests(CONFIG.replace('"1"', '"2"')), rules)
    expect(update).toMatchObject({ written: [], unchanged: ['testing.yaml'] })
  })
})

test('blank lines at the end of a literal are kept', async () => {
  const store = new GoldenStore(folder)
  const config = `${CONFIG}${'  b: |+\n    x\n\n\n'}`
  await store.update('testing', manifests(config, ROLE))
  expect(await store.check('testing', manifests(config, ROLE))).toMatchObject({ differs: false })
})

test('a golden has no byte order mark', async () => {
  const store = new GoldenStore(folder)
  await store.update('testing', manifests(`\uFEFF${SERVICE}`, ROLE))
  expect(await readFile(join(folder, 'testing.yaml'), 'utf8')).toBe([ROLE, SERVICE].join('---\n'))
})

describe('one file per resource', () => {
  const resources = { layout: 'resources' } as const

  test('names each file after its resource', async () => {
    await new GoldenStore(folder, resources).update('testing', manifests(SERVICE, ROLE, CONFIG))
    expect(await filesBelow(folder)).toEqual([
      'testing/_cluster/ClusterRole.rbac.authorization.k8s.io_system%3Adeck.yaml',
      'testing/prow/ConfigMap_config.yaml',
      'testing/prow/Service_deck.yaml',
    ])
  })

  test('writes only changed files and removes those of removed resources', async () => {
    const store = new GoldenStore(folder, resources)
    await store.update('testing', manifests(SERVICE, ROLE, CONFIG))
    const { ino } = await stat(join(folder, 'testing/prow/Service_deck.yaml'))
    const result = await store.update('testing', manifests(SERVICE, CONFIG.replace('"1"', '"2"')))
    expect(result).toEqual({
      overlay: 'testing',
      written: ['testing/prow/ConfigMap_config.yaml'],
      removed: ['testing/_cluster/ClusterRole.rbac.authorization.k8s.io_system%3Adeck.yaml'],
      unchanged: ['testing/prow/Service_deck.yaml'],
    })
    expect(await stat(join(folder, 'testing/prow/Service_deck.yaml'))).toMatchObject({ ino })
    expect(await readdir(join(folder, 'testing'))).toEqual(['prow'])
  })

  test('distinguishes names that differ only in case', async () => {
    const store = new GoldenStore(folder, resources)
    await store.update('testing', manifests(ROLE, ROLE.replace('system:deck', 'system:Deck')))
    const names = await readdir(join(folder, 'testing/_cluster'))
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2)
    expect((await store.read('testing'))?.resources).toHaveLength(2)
  })
})

describe.each<GoldenLayout>(['file', 'resources'])('in the layout %s', (layout) => {
  test('lists overlays with a golden, also if their names are paths', async () => {
    const store = new GoldenStore(folder, { layout })
    expect(await store.overlays()).toEqual([])
    for (const overlay of ['testing', 'prow/base', 'a/b/c'])
      await store.update(overlay, manifests(SERVICE, ROLE))
    expect(await store.overlays()).toEqual(['a/b/c', 'prow/base', 'testing'])
    await store.remove('prow/base')
    expect(await store.overlays()).toEqual(['a/b/c', 'testing'])
  })

  test('an overlay without a golden differs', async () => {
    const check = await new GoldenStore(folder, { layout }).check('testing', manifests(SERVICE))
    expect(check).toMatchObject({
      missing: true,
      differs: true,
    })
    expect(check.diff.resources).toMatchObject([{ kind: 'added' }])
  })

  test('an updated golden no longer differs, and a check writes nothing', async () => {
    const store = new GoldenStore(folder, { layout })
    await store.update('testing', manifests(SERVICE, ROLE))
    const before = await filesBelow(folder)
    expect(await store.check('testing', manifests(ROLE, SERVICE))).toMatchObject({
      missing: false,
      differs: false,
    })
    expect(await store.check('testing', manifests(ROLE, CONFIG))).toMatchObject({ differs: true })
    expect(await filesBelow(folder)).toEqual(before)
  })

  test('a second update writes nothing', async () => {
    const store = new GoldenStore(folder, { layout })
    await store.update('testing', manifests(SERVICE, ROLE))
    expect(await store.update('testing', manifests(SERVICE, ROLE))).toMatchObject({
      written: [],
      removed: [],
    })
  })

  test('the golden of the other layout is replaced', async () => {
    const other = new GoldenStore(folder, { layout: layout === 'file' ? 'resources' : 'file' })
    const store = new GoldenStore(folder, { layout })
    await other.update('testing', manifests(SERVICE, ROLE))
    expect(await store.orphans(['testing'])).toEqual([])
    await store.update('testing', manifests(SERVICE, ROLE))
    expect(await store.orphans(['production'])).toEqual(['testing'])
    expect(await other.read('testing')).toBeUndefined()
    expect((await store.read('testing'))?.resources).toHaveLength(2)
  })

  test('overlays with nested names do not mix', async () => {
    const store = new GoldenStore(folder, { layout })
    await store.update('a', manifests(SERVICE))
    await store.update('a/b', manifests(ROLE))
    await store.update('a', manifests(CONFIG))
    expect((await store.read('a/b'))?.resources.map(({ id }) => id.kind)).toEqual(['ClusterRole'])
    await store.remove('a')
    expect(await store.read('a')).toBeUndefined()
    expect(await store.read('a/b')).toBeDefined()
  })

  test('line ends changed by git are no difference', async () => {
    const store = new GoldenStore(folder, { layout })
    await store.update('testing', manifests(SERVICE, CONFIG))
    for (const file of await filesBelow(folder)) {
      const text = await readFile(join(folder, file), 'utf8')
      await writeFile(join(folder, file), text.replaceAll('\n', '\r\n'))
    }
    expect(await store.check('testing', manifests(SERVICE, CONFIG))).toMatchObject({ differs: false })
    expect(await store.update('testing', manifests(SERVICE, CONFIG))).toMatchObject({ written: [] })
  })

  test('ignored differences are counted', async () => {
    const store = new GoldenStore(folder, { layout })
    await store.update('testing', manifests(CONFIG))
    const rules = { ignore: [{ kind: 'ConfigMap', path: '$.data.a' }] }
    const check = await store.check('testing', manifests(CONFIG.replace('"1"', '"2"')), rules)
    expect(check).toMatchObject({ differs: false, ignored: 1 })
  })
})

test.each(['../outside', '/etc', 'a/../b', '', 'a//b'])('the overlay name %j is rejected', async (name) => {
  const store = new GoldenStore(folder)
  await expect(store.update(name, manifests(SERVICE))).rejects.toMatchObject({ code: 'overlay-name-invalid' })
  await expect(store.read(name)).rejects.toMatchObject({ code: 'overlay-name-invalid' })
})

test('a damaged golden is an error with its position, and an update repairs it', async () => {
  await writeFile(join(folder, 'testing.yaml'), `${SERVICE}<<<<<<< HEAD\na: 1\n=======\n>>>>>>> x\n`)
  const store = new GoldenStore(folder, { shown: 'golden' })
  await expect(store.check('testing', manifests(SERVICE))).rejects.toMatchObject({
    code: 'conflict-markers',
    position: { file: 'golden/testing.yaml', line: 8, column: 1 },
  })
  await store.update('testing', manifests(SERVICE))
  expect(await store.check('testing', manifests(SERVICE))).toMatchObject({ differs: false })
})

test('the error of a failed write shows the golden', async () => {
  await mkdir(join(folder, 'testing.yaml'))
  const store = new GoldenStore(folder, { shown: 'golden' })
  await expect(store.update('testing', manifests(SERVICE))).rejects.toThrow(/golden\/testing\.yaml/u)
})
