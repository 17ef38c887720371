import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { COMMANDS } from '../../packages/cli/src/command-table/index.ts'
import { COMMAND_OUTPUTS, OUTPUTS } from '../../packages/cli/src/json/index.ts'
import { type RemoteServer, startRemoteServer } from '../../packages/render/test/remote-server.ts'
import { outputSchemaFiles } from '../../scripts/make-schema.js'
import { everyCommand, layForEveryCommand } from '../hostile/support/every-command.ts'
import { layFiles, type SmallWorkspace } from '../hostile/support/small-workspace.ts'
import { runCommand } from '../support/command.ts'
import { DECK, LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'
import { CASES } from './cases/index.ts'
import type { JsonCase } from './cases/json-case.ts'
import { SCHEMAS, SeenOutputs } from './outputs.ts'

// Every command with --json prints one JSON value, which its schema in packages/cli/schema describes: no field that the schema lacks,
// and no optional field of a schema that no command prints.

// Some tests run several commands.
vi.setConfig({ testTimeout: 240_000 })

const seen = new SeenOutputs()

test('every command has a schema for --json', () => {
  expect(Object.keys(COMMAND_OUTPUTS).toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted())
  const named = Object.values(COMMAND_OUTPUTS).flatMap((outputs) => outputs.map(({ output }) => output))
  expect(new Set([...named, 'error'])).toEqual(new Set(Object.keys(OUTPUTS)))
})

test('the schemas are those that make-schema.js writes', async () => {
  const files = await outputSchemaFiles()
  for (const [path, text] of files) await expect(text).toMatchFileSnapshot(join('../..', path))
  expect(SCHEMAS.size).toBe(files.size)
})

test.for(Object.entries(OUTPUTS))('the example of %s is valid', ([name, { example }]) => {
  expect(new SeenOutputs().check(name, JSON.stringify(example))).toEqual([])
})

const COMMANDS_OF_TABLE = [...everyCommand()]
  .filter(([name]) => Object.hasOwn(COMMAND_OUTPUTS, name))
  .map(([name, args]) => ({
    name,
    args: args.filter((word) => word !== '--json'),
    outputs: COMMAND_OUTPUTS[name] ?? [],
  }))

const ENDLESS: ReadonlySet<string> = new Set(['watch'])

describe('a command', () => {
  const empty = mkdtempSync(join(tmpdir(), 'overlay-render-json-'))
  afterAll(() => rmSync(empty, { recursive: true }))

  test.for(COMMANDS_OF_TABLE.filter(({ name }) => !ENDLESS.has(name)))('$name', async ({ args, outputs }) => {
    const { folder } = layForEveryCommand()
    const { status, stdout, stderr } = await runCommand([...args, '--json'], { cwd: folder })
    expect(stderr).toBe('')
    expect(status).toBeLessThan(3)
    expect(seen.check(status === 2 ? 'error' : (outputs[0]?.output ?? ''), stdout)).toEqual([])
  })

  test.for(COMMANDS_OF_TABLE)('$name with an unknown flag is an error in JSON', async ({ args }) => {
    const { status, stdout } = await runCommand([...args, '--json', '--nonsense'])
    expect([status, seen.check('error', stdout)]).toEqual([2, []])
  })

  test.for(COMMANDS_OF_TABLE.filter(({ name }) => !NEEDS_NO_WORKSPACE.has(name)))(
    '$name in an empty folder is an error in JSON',
    async ({ args }) => {
      const given = args[0] === '-C' ? args.slice(2) : args
      const { status, stdout, stderr } = await runCommand([...given, '--json'], { cwd: empty })
      expect([status, stderr, seen.check('error', stdout)]).toEqual([2, '', []])
    },
  )
})

describe('an output', () => {
  test.for(CASES)('$says', async (one) => {
    const workspace = layForEveryCommand(undefined, one.files)
    for (const run of one.first ?? []) await runCommand(run.split(' '), { cwd: workspace.folder })
    edit(workspace, one)
    const { status, stdout, stderr } = await runCommand([...one.run.split(' '), '--json'], {
      cwd: workspace.folder,
      ...(one.env === undefined ? {} : { env: one.env }),
    })
    expect([seen.check(one.output, stdout), status, stderr]).toEqual([[], one.status, ''])
  })
})

const NEEDS_NO_WORKSPACE: ReadonlySet<string> = new Set(['cache info', 'cache clear'])

function edit({ folder }: SmallWorkspace, { edits = {} }: JsonCase): void {
  for (const [path, text] of Object.entries(edits)) {
    if (text === undefined) rmSync(join(folder, path))
    else layFiles(folder, { [path]: text })
  }
}

test('the cache with a server, of a folder that is a file', async () => {
  const { folder, scratch } = layForEveryCommand()
  const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
  layFiles(scratch, { file: '', 'cache.pub': key })
  const { status, stdout } = await runCommand(['cache', 'info', '--json'], {
    cwd: folder,
    env: {
      XDG_CACHE_HOME: join(scratch, 'file'),
      OVERLAY_RENDER_REMOTE_CACHE: 'http://127.0.0.1:9',
      OVERLAY_RENDER_REMOTE_CACHE_KEY: join(scratch, 'cache.pub'),
    },
  })
  expect([seen.check('cache-info', stdout), status]).toEqual([[], 0])
})

test('each round of watch is one line', async () => {
  const { folder } = layForEveryCommand()
  const texts = ['a: [\n', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n']
  const { stdout, stderr } = await runCommand(['watch', 'x', '--json'], {
    cwd: folder,
    onText(text, pid) {
      if (text.split('\n').length < 4 - texts.length) return
      const next = texts.shift()
      if (next === undefined) process.kill(pid, 'SIGINT')
      else layFiles(folder, { 'overlays/x/cm.yaml': next })
    },
  })
  const lines = stdout.trimEnd().split('\n')
  expect(lines.flatMap((line) => seen.check('watch', line))).toEqual([])
  expect(lines.map((line) => /"changes"|"error"/u.exec(line)?.[0])).toEqual([
    undefined,
    '"error"',
    '"changes"',
  ])
  expect(stderr).toBe('')
})

describe('with a remote', () => {
  let server: RemoteServer
  let trusted: Record<string, string>
  beforeAll(async () => {
    server = await startRemoteServer()
    trusted = { NODE_EXTRA_CA_CERTS: server.certificateFile, GIT_SSL_CAINFO: server.certificateFile }
    server.commit('repo', { 'kustomization.yaml': 'configMapGenerator: [{name: v1}]\n' }, 'v1')
    server.commit('repo', { 'kustomization.yaml': 'configMapGenerator: [{name: v2}]\n' }, 'v2')
    server.commit('repo', { 'kustomization.yaml': 'resources: [missing.yaml]\n' }, 'broken')
  })
  afterAll(() => server.close())

  test('vendor, vendor check and vendor update', async () => {
    const url = (tag: string): string => `${server.url}/repo.git?ref=${tag}`
    const { folder } = layForEveryCommand(undefined, {
      'overlay-render.yaml':
        'version: 1\nconfigs: {base: base, files: [config/config.yaml]}\nsecrets: stub\nvendor: {allow: [127.0.0.1]}\n',
      'overlays/x/kustomization.yaml': `resources: ['${url('v1')}']\n`,
    })
    const run = async (...args: string[]) =>
      runCommand(['vendor', ...args, '--json'], { cwd: folder, env: trusted })
    const rows = [
      { args: [], output: 'vendor', status: 0 },
      { args: [], output: 'vendor', status: 0 },
      { args: ['update', `${url('v1')}=${url('v2')}`], output: 'vendor-update', status: 0 },
      { args: ['check'], output: 'vendor-check', status: 0 },
      { args: ['update', `${url('v2')}=${url('broken')}`], output: 'vendor-update', status: 1 },
    ]
    for (const { args, output, status } of rows) {
      const ran = await run(...args)
      expect([args, seen.check(output, ran.stdout), ran.status]).toEqual([args, [], status])
    }
    rmSync(join(folder, 'vendor'), { recursive: true })
    const { stdout, status } = await run('check')
    expect([seen.check('vendor-check', stdout), status]).toEqual([[], 1])
  })

  test('init --vendor', async () => {
    const { folder } = layForEveryCommand(undefined, {
      'bare/overlays/y/kustomization.yaml': `resources: ['${server.url}/repo.git?ref=v1']\n`,
    })
    const { stdout } = await runCommand(['-C', 'bare', 'init', '--vendor', '--json'], {
      cwd: folder,
      env: trusted,
    })
    expect(seen.check('error', stdout)).toEqual([])
  })
})

const programs = kubernetes()

describe.skipIf(programs === undefined)(`with a cluster${skipReason('kubernetes')}`, () => {
  let live: LiveWorkspace
  const context = ['--context', 'throw-away']
  const run = async (output: string, ...args: string[]) => {
    const { status, stdout } = await live.run([...args, '--json'], {
      env: { KUBEBUILDER_ASSETS: live.assets },
    })
    expect([args, seen.check(output, stdout)]).toEqual([args, []])
    return status
  }
  beforeAll(async () => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    live.addAssets()
    live.put('.gitignore', 'secrets/\n')
    live.git('init', '--quiet')
    live.git('add', '--all')
    live.git('commit', '--quiet', '--message=base')
    await live.start()
  })
  afterAll(() => live?.dispose())

  test('plan, apply, diff and deploy-test', async () => {
    expect(await run('plan', 'plan', 'production', ...context)).toBe(0)
    expect(await run('error', 'apply', 'production', ...context)).toBe(2)
    expect(await run('apply', 'apply', 'production', ...context, '--yes', '--no-wait')).toBe(0)
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2').replace('replicas: 1', 'replicas: -1'))
    expect(await run('plan', 'plan', 'production', ...context)).toBe(1)
    expect(await run('diff', 'diff', 'live:throw-away:production', 'production')).toBe(1)
    expect(await run('diff', 'golden', 'check', 'production', ...context)).toBe(1)
    expect(await run('deploy-test', 'deploy-test', 'production', '--base', 'HEAD')).toBe(1)
    live.reset()
    expect(await run('deploy-test', 'deploy-test', 'production', '--base', 'HEAD')).toBe(0)
  })
})

/** Fields that no test here prints, with the reason. */
const NOT_SEEN: Readonly<Record<string, string>> = {
  'explain doubt': 'a build that cannot be traced is a bug of ours or an unknown kustomize',
  'init remotes': 'addresses of this machine are allowed only in an existing overlay-render.yaml',
  'objectFinding object': 'a finding about an object has a resource',
}
/** Fields that only a cluster gives. */
const OF_CLUSTERS = ['apply context', 'plan context']

test('every optional field of a schema is in an output', () => {
  const here = programs === undefined ? OF_CLUSTERS : []
  expect(seen.missing()).toEqual([...Object.keys(NOT_SEEN), ...here].toSorted())
})
