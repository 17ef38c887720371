import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import type { VendorOptions } from '../src/vendor/vendor-workspace.ts'
import { type RemoteServer, startRemoteServer } from './remote-server.ts'
import { layTree, readTree, type Tree } from './temporary-tree.ts'

// Vendored files: copies of kustomizations' remotes in the tree, from a server on this machine.

let server: RemoteServer
let options: VendorOptions

beforeAll(async () => {
  server = await startRemoteServer()
  server.commit('repo', { 'kustomization.yaml': 'resources: []\n' })
  options = { loopback: { certificateFile: server.certificateFile } }
})
afterAll(() => server.close())

const map = (name: string, value = 'v'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {k: ${value}}\n`

type Open = ReturnType<typeof openWorkspace>

const open = async (folder: string, pinned: Pinned = {}): Open => openWorkspace(folder, pinned)

/** A kustomize version and its real binary; without, the default of the workspace. */
type Pinned = { readonly pin?: string; readonly kustomize?: string }

/** The versions of kustomize that `pnpm oracles` installed. */
const ORACLES: readonly Pinned[] = [
  { pin: '3.8.7', kustomize: oracle('kustomize3.8.7') },
  { pin: '5.0.3', kustomize: oracle('kustomize5.0.3') },
  { pin: '5.5.0', kustomize: oracle('kustomize5.5.0') },
  { pin: '5.8.1', kustomize: oracle('kustomize5') },
]

function oracle(name: string): string {
  return join(import.meta.dirname, '../../../.cache/oracles/bin', name)
}

async function printed(
  folder: string,
  secrets: 'real' | 'stub' = 'stub',
  pinned: Pinned = {},
): Promise<string> {
  const { manifests } = await (await open(folder, pinned)).render('a', { secrets })
  return Buffer.from(manifests).toString()
}

/** What the pinned kustomize prints online, on a copy of the tree without the lock file. */
async function online(folder: string, pinned: Pinned = {}): Promise<string> {
  const kustomize = await (await open(folder, pinned)).kustomize()
  // Not synchronously: the server runs in this process.
  const { stdout } = await promisify(execFile)(kustomize.path, ['build', join(folder, 'overlays/a')], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      SSL_CERT_FILE: server.certificateFile,
      GIT_SSL_CAINFO: server.certificateFile,
    },
  })
  return stdout
}

const tree = (kustomization: string, more: Tree = {}): Tree => ({
  '.git/HEAD': '',
  'overlay-render.yaml': 'version: 1\n',
  'overlays/a/kustomization.yaml': kustomization,
  ...more,
})

describe('a vendored tree', () => {
  test('renders offline what kustomize prints online', async () => {
    server.files.set('/f.yaml', map('file'))
    server.files.set('/moved.yaml', '-> /f2.yaml')
    server.files.set('/f2.yaml', map('redirected'))
    server.files.set('/data.txt', 'text of a file\n')
    server.files.set(
      '/patch.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: base}\ndata: {p: patched}\n',
    )
    server.files.set('/nested.yaml', map('nested'))
    const commit = server.commit(
      'repo',
      {
        'deploy/kustomization.yaml': `resources: [../common, ${server.url}/nested.yaml]\nnamePrefix: deploy-\n`,
        'common/kustomization.yaml':
          'resources: [base.yaml]\nconfigMapGenerator: [{name: gen, files: [data.txt]}]\n',
        'common/base.yaml': map('base'),
        'common/data.txt': 'in the repository\n',
        'unrelated.yaml': 'not read\n',
      },
      'v1',
    )
    const folder = layTree(
      tree(`# comment
resources:
- ${server.url}/f.yaml   # a file
- "${server.url}/moved.yaml"
- ${server.url}/repo.git//deploy?ref=v1
patchesStrategicMerge: ['${server.url}/patch.yaml']
configMapGenerator:
- name: c
  files: [${server.url}/data.txt, other=${server.url}/data.txt]
`),
    )
    const outcomes = await (await open(folder)).vendor(options)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'added'))
    const lock = readFileSync(join(folder, 'overlay-render.lock'), 'utf8')
    expect(lock).toContain(`commit: "${commit}"`)
    expect(existsSync(join(folder, `vendor/127.0.0.1_${new URL(server.url).port}`))).toBe(true)
    expect(Object.keys(readTree(folder)).join('\n')).not.toContain('unrelated')
    const before = server.asked.length
    const offline = await printed(folder)
    expect(server.asked).toHaveLength(before)
    expect(offline).toBe(await online(folder))
    expect(await printed(folder, 'real')).toBe(offline)
    for (const pinned of ORACLES.filter(({ kustomize = '' }) => existsSync(kustomize))) {
      expect(await printed(folder, 'stub', pinned)).toBe(await online(folder, pinned))
    }
    expect(await (await open(folder)).checkVendored(options)).toEqual([])
    expect((await (await open(folder)).vendor(options)).every(({ outcome }) => outcome === 'kept')).toBe(true)
  })

  test('renders the remotes that Metal3 uses: releases behind redirects, files of a tag, a folder of a repository', async () => {
    server.commit(
      'traefik/traefik-helm-chart',
      { 'traefik/crds/kustomization.yaml': 'resources: [c.yaml]\n', 'traefik/crds/c.yaml': map('crds') },
      'v41.0.2',
    )
    server.files.set('/k/o/releases/download/v0.40.0/install.yaml', '-> /elsewhere/install.yaml?token=x')
    server.files.set('/elsewhere/install.yaml?token=x', `${map('one')}---\n${map('two')}`)
    server.files.set('/k/o/v1.35.0/manifests/a-b/c.yaml', map('raw'))
    const folder = layTree(
      tree(`resources:
- ${server.url}/k/o/releases/download/v0.40.0/install.yaml
- ${server.url}/k/o/v1.35.0/manifests/a-b/c.yaml
- ${server.url}/traefik/traefik-helm-chart/traefik/crds?ref=v41.0.2
`),
    )
    await (await open(folder)).vendor(options)
    for (const pinned of [{}, ...ORACLES.filter(({ kustomize = '' }) => existsSync(kustomize))]) {
      const offline = await printed(folder, 'stub', pinned)
      expect(offline.match(/^kind: ConfigMap$/gmu)).toHaveLength(4)
      expect(offline).toBe(await online(folder, pinned))
    }
  })

  test('is updated; check reports remotes that changed and copies that were edited', async () => {
    server.files.set('/g.yaml', map('g'))
    const first = server.commit(
      'tags',
      { 'kustomization.yaml': 'resources: [m.yaml]\n', 'm.yaml': map('m', 'one') },
      'v1',
    )
    const folder = layTree(tree(`resources: ['${server.url}/g.yaml', '${server.url}/tags.git?ref=v1']\n`))
    await (await open(folder)).vendor(options)
    const second = server.commit('tags', { 'm.yaml': map('m', 'two') }, 'v1')
    expect(await (await open(folder)).checkVendored(options)).toMatchObject([
      { problem: 'moved', detail: `it was ${first.slice(0, 12)}, and is ${second.slice(0, 12)}` },
    ])
    expect(await printed(folder)).toContain('k: one')
    const [g, tags] = await (await open(folder)).vendor({ ...options, update: true })
    expect(g).toMatchObject({ outcome: 'kept' })
    expect(tags).toMatchObject({ outcome: 'updated', before: { commit: first }, after: { commit: second } })
    expect(await printed(folder)).toContain('k: two')
    const copies = Object.keys(readTree(join(folder, 'vendor')))
    expect(copies).toHaveLength(3)
    writeFileSync(
      join(folder, 'vendor', copies.find((path) => path.endsWith('m.yaml')) ?? ''),
      map('m', 'mine'),
    )
    expect(await (await open(folder)).checkVendored(options)).toMatchObject([{ problem: 'edited' }])
    await expect(printed(folder)).rejects.toMatchObject({
      code: 'vendored-copy',
      sentence: expect.stringContaining('it was edited'),
      position: { file: 'overlays/a/kustomization.yaml', line: 1 },
    })
  })
})

test('vendor update URL=NEW edits the kustomizations, and shows the diff', async () => {
  server.files.set('/one.yaml', map('x', 'one'))
  server.files.set('/two.yaml', map('x', 'two'))
  const [from, to] = [`${server.url}/one.yaml`, `${server.url}/two.yaml`]
  const folder = layTree(tree(`resources:\n# the file\n- ${from} # of x\n`))
  await (await open(folder)).vendor(options)
  const update = await (await open(folder)).updateVendored({ ...options, change: { from, to } })
  expect(update.edited).toEqual(['overlays/a/kustomization.yaml'])
  expect(update.outcomes.map(({ url, outcome }) => [url, outcome])).toEqual([
    [from, 'unused'],
    [to, 'added'],
  ])
  expect(update.overlays).toMatchObject([{ overlay: 'a', diff: { resources: [{ id: { name: 'x' } }] } }])
  const text = readFileSync(join(folder, 'overlays/a/kustomization.yaml'), 'utf8')
  expect(text).toBe(`resources:\n# the file\n- ${to} # of x\n`)
  expect(Object.keys(readTree(join(folder, 'vendor')))).toHaveLength(1)
  const before = readTree(folder)
  const wrong = { from: to, to: `${server.url}/not-there.yaml` }
  await expect((await open(folder)).updateVendored({ ...options, change: wrong })).rejects.toThrow(/404/u)
  expect(readTree(folder)).toEqual(before)
  const unknown = { from: `${server.url}/too.yaml`, to: from }
  await expect((await open(folder)).updateVendored({ ...options, change: unknown })).rejects.toMatchObject({
    hint: `did you mean ${to}?`,
  })
})

test('vendor update of a URL that ends with a slash changes all URLs with that prefix', async () => {
  for (const version of ['v1', 'v2']) {
    server.files.set(`/of/${version}/a.yaml`, map('a', version))
    server.files.set(`/of/${version}/b.yaml`, map('b', version))
  }
  server.files.set('/of/v10/c.yaml', map('c', 'v10'))
  const at = (version: string): string => `${server.url}/of/${version}/`
  const named = (a: string): string =>
    `resources:\n- ${at(a)}a.yaml\n- '${at('v10')}c.yaml'\npatches: [{path: "${at(a)}b.yaml"}]\n`
  const folder = layTree(tree(`${named('v1')}configMapGenerator: [{name: b}]\n`))
  await (await open(folder)).vendor(options)
  const change = { from: at('v1'), to: at('v2') }
  const update = await (await open(folder)).updateVendored({ ...options, change })
  expect(update.overlays).toMatchObject([
    { diff: { resources: [{ id: { name: 'a' } }, { id: { name: expect.stringMatching(/^b-/u) } }] } },
  ])
  expect(readFileSync(join(folder, 'overlays/a/kustomization.yaml'), 'utf8')).toBe(
    `${named('v2')}configMapGenerator: [{name: b}]\n`,
  )
})

test('a remote without a copy is refused with the command that vendors it', async () => {
  await expect(printed(layTree(tree(`resources: ['${server.url}/f.yaml']\n`)))).rejects.toMatchObject({
    code: 'network-refused',
    hint: expect.stringContaining('overlay-render vendor'),
  })
})

test('URLs and charts without copies share one hint', async () => {
  const charts = 'helmCharts: [{name: c, repo: https://charts.example.com, version: 1.0.0}]\n'
  await expect(
    printed(layTree(tree(`resources: ['${server.url}/f.yaml']\n${charts}`))),
  ).rejects.toMatchObject({
    details: [expect.stringContaining('chart c 1.0.0'), expect.stringContaining('is a URL')],
    hint: expect.stringMatching(/^keep a locked copy in the tree: run overlay-render vendor; or [^;]*$/u),
  })
})

describe('vendor refuses', () => {
  const REFUSED: readonly (readonly [what: string, remote: () => string, says: RegExp])[] = [
    ['a URL without https', () => server.url.replace('https', 'http') + '/f.yaml', /only https/u],
    [
      'a URL with a password',
      () => server.url.replace('https://', 'https://me:hunter2@') + '/f.yaml',
      /user, a password/u,
    ],
    ['a URL with a token', () => `${server.url}/f.yaml?token=hunter2`, /a password or a token/u],
    ['an option as a ref', () => `${server.url}/repo.git?ref=--upload-pack=touch%20x`, /option|ref/u],
    ['two refs as a ref', () => `${server.url}/repo.git?ref=v1:refs/heads/x`, /not a valid branch/u],
    ['a ref that does not exist', () => `${server.url}/repo.git?ref=nowhere`, /git finds no nowhere/u],
    ['a file that does not exist', () => `${server.url}/nope.yaml`, /404/u],
    ['ssh', () => 'git@github.com:org/repo.git', /not an https URL|URL is not https/u],
    ['a repository of this machine', () => 'file:///etc', /./u],
    ['a redirect to http', () => `${server.url}/to-http.yaml`, /only https/u],
    ['a redirect to a private address', () => `${server.url}/to-private.yaml`, /private network/u],
    ['redirects without end', () => `${server.url}/ring.yaml`, /redirects more than 5/u],
  ]
  test.for(REFUSED)('%s', async ([, remote, says]) => {
    server.files.set('/to-http.yaml', '-> http://127.0.0.1/x')
    server.files.set('/to-private.yaml', '-> https://10.0.0.1/x')
    server.files.set('/ring.yaml', '-> /ring.yaml')
    const folder = layTree(tree(`resources:\n- ${JSON.stringify(remote())}\n`))
    const before = readTree(folder)
    const fault = await (await open(folder)).vendor(options).catch((error: unknown) => error)
    expect(fault).toMatchObject({ position: { file: 'overlays/a/kustomization.yaml', line: 2 } })
    expect(String(fault)).toMatch(says)
    expect(JSON.stringify([fault, String(fault)])).not.toContain('hunter2')
    expect(readTree(folder)).toEqual(before)
  })

  test('an address of this machine, without the hook of tests', async () => {
    const folder = layTree(tree(`resources: ['${server.url}/f.yaml']\n`))
    await expect((await open(folder)).vendor()).rejects.toThrow(/private network/u)
  })

  test.each(['vendor', 'overlay-render.lock'])('to write through a link at %s', async (name) => {
    server.files.set('/f.yaml', map('file'))
    const outside = layTree({ 'kept.yaml': 'kept\n' })
    const target = name === 'vendor' ? outside : join(outside, 'kept.yaml')
    const folder = layTree({ ...tree(`resources: ['${server.url}/f.yaml']\n`), [name]: `-> ${target}` })
    await expect((await open(folder)).vendor(options)).rejects.toBeInstanceOf(Error)
    expect(readTree(outside)).toEqual({ 'kept.yaml': 'kept\n' })
  })

  test('a lock file with paths that leave the folder of copies', async () => {
    const entry = (url: string): string =>
      `vendored:\n  - url: ${JSON.stringify(url)}\n    sha256: "${'0'.repeat(64)}"\n`
    for (const url of [
      'https://h/../../../../etc/passwd',
      'https://h/%2e%2e/%2e%2e/etc/passwd',
      'https://../x',
    ]) {
      const folder = layTree({
        ...tree(`resources: [${JSON.stringify(url)}]\n`),
        'overlay-render.lock': entry(url),
      })
      const fault = await printed(folder, 'real').catch((error: unknown) => error)
      expect(String(fault)).not.toContain('root:')
      expect(fault).toBeInstanceOf(Error)
    }
    const secret = entry('https://me:hunter2@h/x.yaml')
    const folder = layTree({ ...tree(`resources: ['https://h/x.yaml']\n`), 'overlay-render.lock': secret })
    await expect(printed(folder)).rejects.toMatchObject({ code: 'lock-invalid' })
  })

  test('a host that is not in vendor.allow', async () => {
    const folder = layTree({
      ...tree(`resources: ['${server.url}/f.yaml']\n`),
      'overlay-render.yaml': 'version: 1\nvendor: {allow: [github.com]}\n',
    })
    await expect((await open(folder)).vendor(options)).rejects.toThrow(
      /127\.0\.0\.1 is not in vendor\.allow/u,
    )
  })
})
