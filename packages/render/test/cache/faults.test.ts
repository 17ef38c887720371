import { execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

import { bundleSource } from '../../../../scripts/load-source.js'
import { seededDraw } from '../../../../test/differential/draw.ts'
import { cacheFolder, prepareFolder } from '../../src/cache/cache-folder.ts'
import { keyOf } from '../../src/cache/key.ts'
import { RecordStore } from '../../src/cache/record-store.ts'
import { RenderCache } from '../../src/cache/render-cache.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { layTree } from '../temporary-tree.ts'
import { EditedTree } from '../random/edited-tree.ts'
import { type Outcomes, renderEach } from '../random/outcome.ts'

const run = promisify(execFile)
const KEYS = Array.from({ length: 40 }, (_, index) => index.toString(16).padStart(64, '0'))

async function render(tree: EditedTree, cache: RenderCache): Promise<string> {
  const workspace = await openWorkspace(tree.workspace, { kustomize: tree.kustomize, cache })
  const rendered = await workspace.render('a', { secrets: 'stub' })
  cache.finish()
  return Buffer.from(rendered.manifests).toString()
}

function records(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

test('a damaged record is dropped, and the overlay is rendered again', async () => {
  const tree = new EditedTree(seededDraw(1))
  const folder = join(layTree({}), 'renders')
  const expected = await render(tree, new RenderCache({ folder }))
  const damages: readonly ((bytes: Buffer) => Buffer)[] = [
    () => Buffer.alloc(0),
    (bytes) => bytes.subarray(0, bytes.byteLength - 1),
    (bytes) => Buffer.concat([bytes, Buffer.from('x')]),
    (bytes) => Buffer.from(bytes.map((byte, index) => (index === bytes.byteLength - 1 ? byte ^ 1 : byte))),
    (bytes) => Buffer.from(bytes.map((byte, index) => (index === 0 ? byte ^ 128 : byte))),
    () => Buffer.from('{"manifests":"of somebody else"}'),
  ]
  for (const damage of damages) {
    for (const path of records(folder)) writeFileSync(path, damage(readFileSync(path)))
    expect(await render(tree, new RenderCache({ folder }))).toBe(expected)
  }
  const cache = new RenderCache({ folder })
  expect(await render(tree, cache)).toBe(expected)
  expect(cache.hits).toBe(1)
})

test('a record under the key of another is ignored', async () => {
  const tree = new EditedTree(seededDraw(1))
  const folder = join(layTree({}), 'renders')
  const expected = await render(tree, new RenderCache({ folder }))
  const paths = records(folder)
  const contents = paths.map((path) => readFileSync(path))
  for (let shift = 1; shift < Math.min(paths.length, 12); shift++) {
    for (const [index, path] of paths.entries())
      writeFileSync(path, contents[(index + shift) % paths.length] ?? Buffer.alloc(0))
    expect(await render(tree, new RenderCache({ folder }))).toBe(expected)
  }
})

test.each([
  ['a file', (folder: string) => writeFileSync(folder, '')],
  ['a link', (folder: string) => symlinkSync('/tmp', folder)],
  [
    'a folder that others can write',
    (folder: string) => {
      mkdirSync(folder)
      chmodSync(folder, 0o777)
    },
  ],
])('a cache folder that is %s is not used: one warning, and the render works', async (_, lay) => {
  const tree = new EditedTree(seededDraw(1))
  const folder = join(layTree({}), 'renders')
  lay(folder)
  const cache = new RenderCache({ folder })
  expect(await render(tree, cache)).toContain('kind: ConfigMap')
  expect(cache.problems).toMatchObject([{ rule: 'cache-unused', severity: 'warning' }])
})

test('an empty overlay-render.yaml is not treated as a missing one', async () => {
  const folder = join(layTree({}), 'renders')
  const workspace = layTree({ 'overlays/a/kustomization.yaml': 'resources: []\n', 'files/config.yaml': '' })
  const open = async (): Promise<unknown> => {
    const cache = new RenderCache({ folder })
    try {
      return await openWorkspace(workspace, { cache })
    } finally {
      cache.finish()
    }
  }
  await open()
  writeFileSync(join(workspace, 'overlay-render.yaml'), '')
  await expect(open()).rejects.toMatchObject({ sentence: 'version is missing' })
})

test.skipIf(process.platform !== 'linux')(
  'a cache in a file system that makes no folders is not used, and the warning says why',
  async () => {
    const folder = '/proc/overlay-render/renders'
    const cache = new RenderCache({ folder })
    expect(await render(new EditedTree(seededDraw(1)), cache)).toContain('kind: ConfigMap')
    expect(cache.problems).toMatchObject([
      { message: `the cache ${folder} cannot be made: no folder can be made there, so renders are not kept` },
    ])
  },
)

test('overlays of a folder that became a link to itself are rendered as without the cache', async () => {
  const { workspace, kustomize } = new EditedTree(seededDraw(1))
  const folder = join(layTree({}), 'renders')
  const outcomes = async (cache?: RenderCache): Promise<Outcomes> => {
    const found = await renderEach(await openWorkspace(workspace, { kustomize, ...(cache && { cache }) }))
    cache?.finish()
    return found
  }
  await outcomes(new RenderCache({ folder }))
  rmSync(join(workspace, 'base'), { recursive: true })
  symlinkSync('base', join(workspace, 'base'))
  const expected = await outcomes()
  expect([...expected.values()].map(({ text }) => text)).toContainEqual(
    expect.stringContaining('leads back to itself'),
  )
  expect(await outcomes(new RenderCache({ folder }))).toEqual(expected)
})

test('a cache folder below a file is not used, and the warning says why', async () => {
  const tree = new EditedTree(seededDraw(1))
  const file = join(layTree({ file: '' }), 'file')
  const cache = new RenderCache({ folder: join(file, 'renders') })
  expect(await render(tree, cache)).toContain('kind: ConfigMap')
  expect(cache.problems).toMatchObject([
    {
      message: `the cache ${join(file, 'renders')} cannot be made: what is above it is not a folder, so renders are not kept`,
      hint: expect.stringMatching(/XDG_CACHE_HOME/u),
    },
  ])
})

test('a cache in the rendered tree is not used: a commit could have written it', () => {
  const top = layTree({})
  expect(prepareFolder(join(top, 'cache'), [top])).toMatch(/a commit can write/u)
  expect(prepareFolder(join(top, 'cache'), [join(top, 'other')])).toBeUndefined()
})

test("the folder of the cache depends only on the user's environment", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux')).toBe('/c/overlay-render/renders')
  expect(cacheFolder({ XDG_CACHE_HOME: 'c' }, 'linux')).toMatch(/\.cache\/overlay-render\/renders$/u)
  expect(cacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/overlay-render\/renders$/u)
  expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32')).toBe('/l/overlay-render/renders')
})

test('a cache stays below its size limit: the least recently used records are removed', () => {
  const folder = layTree({})
  const limit = 40_000
  for (const [index, key] of KEYS.entries()) {
    const store = new RecordStore(folder, limit)
    store.put(key, Buffer.alloc(5000, index))
    const at = Date.now() / 1000 - 3600 + index
    utimesSync(join(folder, key.slice(0, 2), key.slice(2)), at, at)
    store.finish()
    expect(store.size().bytes).toBeLessThanOrEqual(limit)
  }
  const store = new RecordStore(folder, limit)
  expect(store.get(KEYS.at(-1) ?? '')).toBeDefined()
  expect(store.get(KEYS[0] ?? '')).toBeUndefined()
})

test('a cache stays below its size limit when runs write at the same time, and when most are killed', () => {
  const folder = layTree({})
  const limit = 100_000
  for (let round = 0; round < 20; round++) {
    const stores = Array.from({ length: 5 }, () => new RecordStore(folder, limit))
    for (const [index, store] of stores.entries())
      store.put(keyOf('memo', String(round), String(index)), Buffer.alloc(5000, index))
    // The others are killed.
    stores[round % 5]?.finish()
    expect(stores[0]?.size().bytes).toBeLessThanOrEqual(limit)
  }
})

test('other users can read nothing of the cache', async () => {
  const tree = new EditedTree(seededDraw(1))
  const folder = join(layTree({}), 'renders')
  await render(tree, new RenderCache({ folder }))
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const path of records(folder)) expect(statSync(path).mode & 0o077).toBe(0)
})

const canMount = await run('unshare', ['--mount', 'true']).then(
  () => true,
  () => false,
)

test.skipIf(!canMount)(
  `a full disk: what was stored before stays readable, and one problem is reported${canMount ? '' : ' (skipped: needs unshare)'}`,
  async () => {
    const folder = layTree({})
    const script = `
      import { RecordStore } from ${JSON.stringify(pathToFileURL(await bundleSource('packages/render/src/cache/record-store.ts')).href)}
      const store = new RecordStore(${JSON.stringify(folder)}, 1e9)
      for (let index = 0; index < 64; index++) store.put(index.toString(16).padStart(64, '0'), Buffer.alloc(20_000, index))
      store.finish()
      const kept = Array.from({ length: 64 }, (_, index) => store.get(index.toString(16).padStart(64, '0'))?.byteLength)
      console.log(JSON.stringify({ problem: store.problem, lengths: [...new Set(kept)] }))`
    const { stdout } = await run('unshare', [
      '--mount',
      'sh',
      '-c',
      'mount -t tmpfs -o size=300k none "$1" && exec "$2" --input-type=module -e "$3"',
      'sh',
      folder,
      process.execPath,
      script,
    ])
    const { problem, lengths } = JSON.parse(stdout) as { problem: string; lengths: (number | null)[] }
    expect(problem).toMatch(/disk is full|space/u)
    expect(new Set(lengths)).toEqual(new Set([20_000, null]))
  },
)

test.skipIf(!canMount).each([
  ['a new folder', '/renders', /cannot be made: its disk is read-only/u],
  ['an existing folder', '', /read-only/u],
])(
  `%s on a read-only disk is not used as a cache: one warning, and nothing is thrown${canMount ? '' : ' (skipped: needs unshare)'}`,
  async (_title, below, reason) => {
    const folder = layTree({})
    const source = await bundleSource('packages/render/src/cache/render-cache.ts')
    const script = `
      import { RenderCache } from ${JSON.stringify(pathToFileURL(source).href)}
      const cache = new RenderCache({ folder: ${JSON.stringify(`${folder}${below}`)} })
      const store = cache.openFor([])
      store?.put('0'.repeat(64), Buffer.from('x'))
      cache.finish()
      console.log(JSON.stringify({ problems: cache.problems, kept: store?.get('0'.repeat(64)) !== undefined }))`
    const mount = 'mount -t tmpfs -o mode=700 none "$1" && mount -o remount,ro "$1"'
    const { stdout } = await run('unshare', [
      '--mount',
      'sh',
      '-c',
      `${mount} && exec "$2" --input-type=module -e "$3"`,
      'sh',
      folder,
      process.execPath,
      script,
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ rule: 'cache-unused', message: expect.stringMatching(reason) }],
      kept: false,
    })
  },
)

test.skipIf(!canMount)(
  `records that cannot be removed are counted as left, not as removed${canMount ? '' : ' (skipped: needs unshare)'}`,
  async () => {
    const folder = layTree({})
    const source = await bundleSource('packages/render/src/cache/record-store.ts')
    const script = `
      import { execFileSync } from 'node:child_process'
      import { RecordStore } from ${JSON.stringify(pathToFileURL(source).href)}
      const store = new RecordStore(${JSON.stringify(folder)}, 1e9)
      for (let index = 0; index < 8; index++) store.put(index.toString(16).padStart(64, '0'), Buffer.alloc(100))
      execFileSync('mount', ['-o', 'remount,ro', ${JSON.stringify(folder)}])
      const refused = store.clear()
      execFileSync('mount', ['-o', 'remount,rw', ${JSON.stringify(folder)}])
      console.log(JSON.stringify({ refused, done: store.clear(), after: store.size() }))`
    const { stdout } = await run('unshare', [
      '--mount',
      'sh',
      '-c',
      'mount -t tmpfs none "$1" && exec "$2" --input-type=module -e "$3"',
      'sh',
      folder,
      process.execPath,
      script,
    ])
    expect(JSON.parse(stdout)).toEqual({
      refused: { records: 0, bytes: 0, left: 8 },
      done: { records: 8, bytes: 8 * 132, left: 0 },
      after: { records: 0, bytes: 0 },
    })
  },
)

/** How many processes are killed; `OVERLAY_RENDER_CACHE_KILLS=200` makes it more. */
const KILLS = Number(process.env['OVERLAY_RENDER_CACHE_KILLS'] ?? 20)

test(`after ${KILLS} kills at random moments every record is complete or absent`, async () => {
  const folder = layTree({})
  const script = `
    import { RecordStore } from ${JSON.stringify(pathToFileURL(await bundleSource('packages/render/src/cache/record-store.ts')).href)}
    const store = new RecordStore(${JSON.stringify(folder)}, 2_000_000)
    process.stdout.write('ready')
    for (let round = 0; ; round++) {
      const key = (round % 64).toString(16).padStart(64, '0')
      store.put(key, Buffer.alloc(50_000, round % 64))
      if (round % 50 === 49) store.finish()
    }`
  const draw = seededDraw(5)
  const writeUntilKilled = async (): Promise<void> => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closed = new Promise((resolve) => child.once('close', (_status, signal) => resolve(signal)))
    await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), closed])
    await new Promise((resolve) => setTimeout(resolve, draw.below(40)))
    child.kill('SIGKILL')
    expect(await closed).toBe('SIGKILL')
  }
  // Two processes at a time write the same records, and each is killed.
  for (let round = 0; round < KILLS; round += 2) await Promise.all([writeUntilKilled(), writeUntilKilled()])
  const store = new RecordStore(folder, 2_000_000)
  let found = 0
  for (let index = 0; index < 64; index++) {
    const record = store.get(index.toString(16).padStart(64, '0'))
    if (record === undefined) continue
    found++
    expect(record.equals(Buffer.alloc(50_000, index))).toBe(true)
  }
  expect(found).toBeGreaterThan(0)
}, 600_000)
