import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { root } from '../support/oracles.ts'

const command = join(root, 'packages/cli/bin/overlay-render.js')
const folder = mkdtempSync(join(tmpdir(), 'overlay-render-compiled-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'a.yaml'), 'a: {b: 1}\n')

async function run(cache: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { ...process.env, XDG_CACHE_HOME: cache, ...more }
  return new Promise((done) => {
    execFile(process.execPath, [command, ...args], { env, cwd: folder }, (error, stdout, stderr) =>
      done(`${error?.code ?? 0}\n${stdout}${stderr}`),
    )
  })
}

const YQ = ['yq', '.a.b', 'a.yaml']
const kept = (cache: string): string[] => {
  const place = join(cache, 'overlay-render/compiled')
  return existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : []
}

/** Ways to damage a cache file. */
const DAMAGE: Readonly<Record<string, (file: string) => void>> = {
  'one byte is another': (file) => {
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff
    writeFileSync(file, bytes)
  },
  'half of it is missing': (file) => truncateSync(file, readFileSync(file).length >> 1),
  'it is empty': (file) => writeFileSync(file, ''),
  'it is something else': (file) => writeFileSync(file, 'x'.repeat(1000)),
  'its list is broken': (file) =>
    writeFileSync(file, readFileSync(file, 'latin1').replace('[[', '[{'), 'latin1'),
}

test.each(Object.entries(DAMAGE))('damaged compiled code is written again: %s', async (_, damage) => {
  const cache = mkdtempSync(join(folder, 'cache-'))
  expect(await run(cache, YQ)).toBe('0\n1\n')
  const [file = ''] = kept(cache)
  const good = readFileSync(file)
  expect(await run(cache, YQ)).toBe('0\n1\n')
  expect(readFileSync(file)).toEqual(good)
  damage(file)
  expect(await run(cache, YQ)).toBe('0\n1\n')
  expect(readFileSync(file).length).toBeGreaterThan(good.length / 2)
  expect(await run(cache, YQ)).toBe('0\n1\n')
  expect(kept(cache)).toEqual([file])
})

/** Creates a workspace whose render needs every kind of chunk: a config, a script, a template, and kustomize. */
function layWorkspace(): string {
  const top = mkdtempSync(join(folder, 'workspace-'))
  const files = {
    'overlay-render.yaml': `version: 1
secrets: stub
settings:
  one:
    templates: [{text: "kind: ConfigMap\\napiVersion: v1\\nmetadata: {name: {{ name }}}\\n", to: made.yaml}]
    values: {name: made}
`,
    'overlays/one/kustomization.yaml':
      'resources: [made.yaml]\nconfigMapGenerator:\n  - name: config\n    files: [configs/config/config.yaml]\n',
    'overlays/one/yq_scripts/config.yaml': '.a = 1\n',
    ...Object.fromEntries(
      ['config', 'plugins', 'labels', 'mirror'].map((name) => [`../files/${name}.yaml`, 'b: 2\n']),
    ),
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(top, 'kustom', name, '..'), { recursive: true })
    writeFileSync(join(top, 'kustom', name), text)
  }
  return join(top, 'kustom')
}

test('no command compiles code that an earlier run stored', async () => {
  const cache = mkdtempSync(join(folder, 'cache-'))
  const render = ['-C', layWorkspace(), 'render', 'one', '--no-cache']
  expect(await run(cache, render)).toMatch(/^0\n/u)
  const [file = ''] = kept(cache)
  const { ino } = statSync(file)
  expect(await run(cache, render)).toMatch(/^0\n/u)
  expect(statSync(file).ino, 'the kept code was written again').toBe(ino)
})

test('nothing is stored for bad usage or when Node disables it, and unknown commands share one file', async () => {
  const cache = mkdtempSync(join(folder, 'cache-'))
  expect(await run(cache, ['nonsense'])).toMatch(/^2\n/u)
  expect(await run(cache, YQ, { NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('0\n1\n')
  expect(kept(cache)).toEqual([])
  await run(cache, ['--version'])
  await run(cache, ['../../x', '--version'])
  expect(kept(cache)).toHaveLength(1)
})

test('a file in the place of the cache folder is no error', async () => {
  expect(await run(join(folder, 'a.yaml'), YQ)).toBe('0\n1\n')
})

test('compiled code is neither written to nor read from a folder that a pull request could write', async () => {
  const checkout = mkdtempSync(join(folder, 'checkout-'))
  mkdirSync(join(checkout, '.git'))
  const cache = join(checkout, 'some/cache')
  expect(await run(cache, YQ)).toBe('0\n1\n')
  expect(existsSync(cache)).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'compiled code is not read from a folder that others can write to (skipped on Windows)',
  async () => {
    const cache = mkdtempSync(join(folder, 'cache-'))
    const place = join(cache, 'overlay-render/compiled')
    mkdirSync(place, { recursive: true })
    chmodSync(place, 0o777)
    expect(await run(cache, YQ)).toBe('0\n1\n')
    expect(kept(cache)).toEqual([])
  },
)

test('a relative XDG_CACHE_HOME is ignored', async () => {
  const home = mkdtempSync(join(folder, 'home-'))
  expect(await run('some/cache', YQ, { HOME: home })).toBe('0\n1\n')
  expect(existsSync(join(folder, 'some'))).toBe(false)
  expect(kept(join(home, '.cache'))).toHaveLength(1)
})

test.skipIf(process.platform !== 'linux')(
  'a cache where no folder can be made does not stop a run',
  async () => {
    expect(await run('/proc/overlay-render', YQ)).toBe('0\n1\n')
    expect(await run('', YQ, { HOME: '/proc/overlay-render' })).toBe('0\n1\n')
  },
  30_000,
)
