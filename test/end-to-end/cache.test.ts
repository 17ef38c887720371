import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { runCommand } from '../support/command.ts'
import { skipReason } from '../support/needs.ts'
import { kustomize454, root } from '../support/oracles.ts'

interface Place {
  readonly workspace: string
  readonly env: Readonly<Record<string, string>>
}

/** Creates a git work tree from the fixture, with its own cache. */
async function lay(): Promise<Place> {
  const top = await mkdtemp(join(tmpdir(), 'overlay-render-cache-'))
  onTestFinished(() => rm(top, { recursive: true, force: true }))
  await cp(join(root, 'overlays-fixtures/kubevirt'), join(top, 'tree'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  execFileSync('git', ['init', '--quiet'], { cwd: join(top, 'tree') })
  execFileSync('git', ['add', '--all'], { cwd: join(top, 'tree') })
  return { workspace: join(top, 'tree/prow-deploy/kustom'), env: { XDG_CACHE_HOME: join(top, 'cache') } }
}

/** The output without its durations. */
function timeless(text: string): string {
  return text
    .replaceAll(/rendered in [\d.]+ m?s/gu, 'rendered in TIME')
    .replaceAll(/"milliseconds": \d+/gu, '')
}

const COMMANDS: readonly (readonly string[])[] = [
  ['render', 'testing', 'workloads', '--secrets', 'stub'],
  ['render', 'testing', '--secrets', 'stub', '--json'],
  ['render', 'testing', '--secrets', 'stub', '--stdout'],
  ['golden', 'check'],
  ['golden', 'check', '--json'],
  ['diff', 'control-plane', 'testing', '--format', 'json'],
]
const missing = kustomize454() === undefined

test.skipIf(missing)(
  `a command prints the same with a full cache, with an empty one, and without a cache${skipReason('kustomize')}`,
  async () => {
    const { workspace, env } = await lay()
    for (const command of COMMANDS) {
      const run = async (...more: string[]): Promise<unknown> => {
        const { status, stdout, stderr } = await runCommand(['-C', workspace, ...command, ...more], {
          env,
          cached: true,
        })
        return {
          status,
          stdout: timeless(stdout),
          stderr: timeless(stderr).replaceAll(/^.*: \w+ …\n/gmu, ''),
        }
      }
      const fresh = await run('--no-cache')
      expect(fresh).toMatchObject({ status: command[0] === 'diff' ? 1 : 0 })
      expect(await run()).toEqual(fresh)
      expect(await run()).toEqual(fresh)
    }
  },
  300_000,
)

test.skipIf(missing)(
  `a cached render loads no YAML library${skipReason('kustomize')}`,
  async () => {
    const { workspace, env } = await lay()
    const args = ['-C', workspace, 'render', 'workloads', '--secrets', 'stub']
    await runCommand(args, { env, cached: true })
    const folder = join(workspace, '../../../coverage')
    await runCommand(args, { env: { ...env, NODE_V8_COVERAGE: folder }, cached: true })
    const modules = loadedModules(folder)
    expect(modules.filter((name) => name.includes('cache/workspace-cache.ts'))).toHaveLength(1)
    expect(
      modules.filter((name) => /node_modules\/(?:yaml|valibot|picomatch)\/|minijinja|yq\/src/u.test(name)),
    ).toEqual([])
  },
  120_000,
)

/** Preloaded into the command: every attempt to start a process fails. */
const NO_PROCESSES = `
const processes = require('node:child_process')
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
  processes[name] = () => { throw new Error('a process was to be started') }
`

test.skipIf(missing)(
  `a cached render starts no process, not even git${skipReason('kustomize')}`,
  async () => {
    const { workspace, env } = await lay()
    const hook = join(workspace, '../../../no-processes.cjs')
    writeFileSync(hook, NO_PROCESSES)
    const render = ['render', 'workloads', 'testing', '--secrets', 'stub', '--json']
    const run = async (more: Readonly<Record<string, string>>, command = render): Promise<unknown> => {
      const options = { env: { ...env, ...more }, cached: true }
      const { status, stdout } = await runCommand(['-C', workspace, ...command], options)
      return { status, stdout: timeless(stdout) }
    }
    const alone = { NODE_OPTIONS: `--require ${hook}`, PATH: '' }
    expect(await run(alone)).toMatchObject({ status: 3 })
    const fresh = await run({})
    expect(fresh).toMatchObject({ status: 0 })
    expect(await run(alone)).toEqual(fresh)
    for (const command of [
      ['golden', 'check'],
      ['golden', 'check', '--json'],
      ['diff', 'control-plane', 'testing', '--format', 'json'],
    ]) {
      const found = await run({}, command)
      expect(found).toMatchObject({ status: command[0] === 'diff' ? 1 : 0 })
      expect(await run(alone, command)).toEqual(found)
    }
    // Only git can tell whether a file outside the index is ignored.
    const added = join(workspace, 'overlays/workloads/yq_scripts/labels.yaml')
    mkdirSync(join(added, '..'), { recursive: true })
    writeFileSync(added, '.labels = []\n')
    expect(await run(alone)).toMatchObject({ status: 3 })
    expect(await run({})).toMatchObject({ status: 0 })
    execFileSync('git', ['add', '--all'], { cwd: workspace })
    // The index has changed, and every file that it lists is on the disk.
    const again = await run(alone)
    expect(again).not.toEqual(fresh)
    expect(again).toMatchObject({ status: 0 })
  },
  240_000,
)

const GIT = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']

/** Like NO_PROCESSES, but git may be started. */
const ONLY_GIT = `
const processes = require('node:child_process')
const { spawn } = processes
for (const name of ['spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
  processes[name] = () => { throw new Error('a process was to be started') }
processes.spawn = (program, args, options) => {
  if (!args.some((argument) => /\\/git$/.test(argument))) throw new Error('a process was to be started')
  return spawn(program, args, options)
}
`

test.skipIf(missing)(
  `a second run of affected and diff starts no process, and a second review builds nothing${skipReason('kustomize')}`,
  async () => {
    const { workspace, env } = await lay()
    const hooks = { none: join(workspace, '../../../none.cjs'), git: join(workspace, '../../../git.cjs') }
    writeFileSync(hooks.none, NO_PROCESSES)
    writeFileSync(hooks.git, ONLY_GIT)
    execFileSync('git', [...GIT, 'commit', '--quiet', '--message=base'], { cwd: workspace })
    const script = join(workspace, 'overlays/workloads/kustomization.yaml')
    writeFileSync(script, readFileSync(script, 'utf8').replace('resources:', 'namePrefix: x-\nresources:'))
    const run = async (command: readonly string[], hook?: string): Promise<unknown> => {
      const more = hook === undefined ? {} : { NODE_OPTIONS: `--require ${hook}` }
      const { status, stdout } = await runCommand(['-C', workspace, ...command, '--json'], {
        env: { ...env, ...more },
        cached: true,
      })
      return { status, stdout: timeless(stdout) }
    }
    for (const base of [
      'HEAD',
      execFileSync('git', ['rev-parse', 'HEAD'], { cwd: workspace, encoding: 'utf8' }).trim(),
    ]) {
      const affected = await run(['affected', '--base', base])
      expect(affected).toMatchObject({ status: 0, stdout: expect.stringContaining('workloads') })
      expect(await run(['affected', '--base', base], hooks.none)).toEqual(affected)
      const diff = ['diff', `${base}:workloads`, 'workloads', '--format', 'json']
      const differs = await run(diff)
      expect(differs).toMatchObject({ status: 1, stdout: expect.stringContaining('x-') })
      expect(await run(diff, hooks.none)).toEqual(differs)
      const review = await run(['review', '--base', base])
      expect(review).toMatchObject({ status: 1, stdout: expect.stringContaining('x-') })
      expect(await run(['review', '--base', base], hooks.git)).toEqual(review)
    }
    // The commit changes the refs, so the cached answers no longer apply.
    execFileSync('git', [...GIT, 'commit', '--quiet', '--all', '--message=change'], { cwd: workspace })
    expect(await run(['affected', '--base', 'HEAD'], hooks.none)).toMatchObject({ status: 3 })
    expect(await run(['diff', 'HEAD:workloads', 'workloads'], hooks.none)).toMatchObject({ status: 3 })
    expect(await run(['diff', 'HEAD:workloads', 'workloads'])).toMatchObject({ status: 0 })
    expect(await run(['affected', '--base', 'HEAD'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"affected": []'),
    })
  },
  240_000,
)

/** The sources of every chunk that a run loaded, from the source maps. */
function loadedModules(folder: string): string[] {
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] }
    return result.map(({ url }) => url).filter((url) => url.includes('/dist/bundle/'))
  })
  return urls.flatMap((url) => {
    const path = fileURLToPath(`${url}.map`)
    // The bundler's own chunk has no map.
    if (!existsSync(path)) return []
    const map = readFileSync(path, 'utf8')
    return (JSON.parse(map) as { sources: string[] }).sources
  })
}

test.skipIf(missing)(
  `a render with real secrets writes nothing to the cache${skipReason('kustomize')}`,
  async () => {
    const { workspace, env } = await lay()
    const { stdout } = await runCommand(['-C', workspace, 'secrets', 'workloads', '--json'], { env })
    const paths = [...stdout.matchAll(/"path": "([^"]+)"/gu)].map(([, path = '']) => path)
    for (const path of paths) {
      mkdirSync(join(workspace, path, '..'), { recursive: true })
      writeFileSync(join(workspace, path), 'key=canary-of-the-cache\n')
    }
    const { status, stderr } = await runCommand(
      ['-C', workspace, 'render', 'workloads', '--secrets', 'real'],
      { env: { ...env, MIRROR_CA: 'canary-of-the-cache' }, cached: true },
    )
    expect({ status, stderr }).toMatchObject({ status: 0 })
    const found = readdirSync(env['XDG_CACHE_HOME'] ?? '', { recursive: true, encoding: 'utf8' }).filter(
      (name) => {
        try {
          const bytes = readFileSync(join(env['XDG_CACHE_HOME'] ?? '', name)).toString('latin1')
          return /canary-of-the-cache|Y2FuYXJ5LW9mLXRoZS1jYWNoZ|NhbmFyeS1vZi10aGUtY2FjaG|jYW5hcnktb2YtdGhlLWNhY2hl/u.test(
            bytes,
          )
        } catch {
          return false
        }
      },
    )
    expect(found).toEqual([])
  },
  120_000,
)

test.skipIf(missing)(
  `nothing is kept in a cache folder in the tree, where a commit could have written it${skipReason('kustomize')}`,
  async () => {
    const { workspace } = await lay()
    const cache = join(workspace, '.cache')
    const args = ['-C', workspace, 'render', 'workloads', '--secrets', 'stub']
    const { status, stderr } = await runCommand(args, { env: { XDG_CACHE_HOME: cache }, cached: true })
    expect(stderr).toContain('is in the tree that is rendered')
    expect(status).toBe(0)
    const entries = readdirSync(cache, { recursive: true, withFileTypes: true })
    expect(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)).toEqual([])
  },
  60_000,
)
