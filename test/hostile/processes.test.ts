import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'

import { runCommand } from '../support/command.ts'

// Child processes end when this project ends, however it ends, and within a time limit, both as root and as an ordinary user.

let folder: TemporaryFolder

beforeEach(async () => {
  folder = await makeTemporaryFolder('processes')
})
afterEach(() => folder.dispose())

const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const users = [
  { who: 'as who runs the tests', through: [] },
  ...(isRoot
    ? [
        {
          who: 'as an ordinary user',
          through: ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'],
        },
      ]
    : []),
]

/** A few hundred bytes of YAML that expand beyond the memory of any machine and keep kustomize busy long before that. */
function aliasBomb(): string {
  const rows = Array.from(
    { length: 9 },
    (_, row) => `x${row + 1}: &x${row + 1} [${Array(9).fill(`*x${row}`).join(', ')}]`,
  )
  return ['apiVersion: v1', 'kind: ConfigMap', 'metadata: {name: bomb}', 'x0: &x0 [1]', ...rows, ''].join(
    '\n',
  )
}

/** Creates a workspace with one overlay whose build does not finish. */
function layBomb(through: readonly string[]): {
  cwd: string
  env: Record<string, string>
  through: readonly string[]
} {
  const overlay = join(folder.path, 'overlays/x')
  const [temporary, home] = [join(folder.path, 'tmp'), join(folder.path, 'home')]
  for (const path of [overlay, temporary, home]) mkdirSync(path, { recursive: true })
  writeFileSync(join(overlay, 'kustomization.yaml'), 'resources: [bomb.yaml]\n')
  writeFileSync(join(overlay, 'bomb.yaml'), aliasBomb())
  if (through.length > 0) {
    for (const path of [folder.path, temporary, home]) chownSync(path, NOBODY, NOBODY)
    chmodSync(folder.path, 0o755)
  }
  return {
    cwd: folder.path,
    env: { TMPDIR: temporary, HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
    through,
  }
}

/** Processes whose arguments contain this test's folder or a stage of the command. */
function processesOf(pid: number): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter(
      (line) => [folder.path, `-stage-${pid}-`].some((text) => line.includes(text)) && !line.startsWith('Z'),
    )
}

/** Entries of a process in its temporary folder and in /dev/shm. */
function stagesOf(pid: number, env: Readonly<Record<string, string>>): string[] {
  const places = [env['TMPDIR'] ?? '', '/dev/shm'].filter((place) => existsSync(place))
  return places.flatMap((place) => readdirSync(place)).filter((name) => name.includes(`-${pid}-`))
}

/** Adds a second overlay whose edit keeps the main thread busy while the first one is built. */
function layBusyEdit(): void {
  mkdirSync(join(folder.path, 'overlays/busy'))
  writeFileSync(join(folder.path, 'overlays/busy/kustomization.yaml'), 'resources: []\n')
  writeFileSync(join(folder.path, 'overlays/busy/a.yaml'), 'a: 1\n')
  const list = Array.from({ length: 400 }, (_, index) => index).join(',')
  const edit = {
    file: 'a.yaml',
    expression: `.a = ([${list}] as $l | [$l[] as $a | $l[] as $b | $l[] as $c | $a] | length)`,
  }
  // The build of the first overlay starts while this template is rendered.
  const template = { text: '{% for i in range(100000) %}{{ i }}{% endfor %}', to: 'b.yaml' }
  const settings = { busy: { templates: [template], edits: [edit] } }
  writeFileSync(join(folder.path, 'overlay-render.yaml'), JSON.stringify({ version: 1, settings }))
}

const isBuilding = (pid: number): boolean => processesOf(pid).some((line) => line.includes('kustomize'))

describe.skipIf(process.platform === 'win32').each(users)(
  `$who (as an ordinary user too where the tests run as root; skipped on Windows)`,
  ({ through }) => {
    test('SIGKILL of the command ends kustomize and removes the stage', async () => {
      let pid = 0
      const options = layBomb(through)
      const running = runCommand(['render', 'x', '--secrets', 'real'], {
        ...options,
        onStart: (started) => (pid = started),
      })
      await expect.poll(() => isBuilding(pid), { timeout: 20_000 }).toBe(true)
      expect(stagesOf(pid, options.env)).not.toEqual([])
      process.kill(pid, 'SIGKILL')
      expect((await running).signal).toBe('SIGKILL')
      await expect.poll(() => processesOf(pid), { timeout: 2000 }).toEqual([])
      expect(stagesOf(pid, options.env)).toEqual([])

      writeFileSync(
        join(folder.path, 'overlays/x/bomb.yaml'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      )
      expect((await runCommand(['render', 'x', '--secrets', 'real'], options)).status).toBe(0)
    })

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)('%s ends it all with %i, within a second', async (signal, status) => {
      let pid = 0
      const options = layBomb(through)
      const running = runCommand(['render', 'x', '--secrets', 'stub'], {
        ...options,
        onStart: (started) => (pid = started),
      })
      await expect.poll(() => isBuilding(pid), { timeout: 20_000 }).toBe(true)
      const before = performance.now()
      process.kill(pid, signal)
      const { status: ended, signal: by } = await running
      // Accept either: a shell reports the same status for both.
      expect([status, signal]).toContain(by ?? ended)
      expect(performance.now() - before).toBeLessThan(1000)
      await expect.poll(() => processesOf(pid), { timeout: 2000 }).toEqual([])
      expect(stagesOf(pid, options.env)).toEqual([])
      expect(readdirSync(folder.path).sort()).toEqual(['home', 'overlays', 'tmp'])
    })

    test.each(['SIGINT', 'SIGTERM'] as const)(
      '%s ends a build, and leaves no stage, while the edit of another overlay is evaluated',
      async (signal) => {
        let pid = 0
        const options = layBomb(through)
        layBusyEdit()
        const running = runCommand(['render', '--all', '--jobs', '2', '--secrets', 'real'], {
          ...options,
          onStart: (started) => (pid = started),
        })
        await expect.poll(() => isBuilding(pid), { timeout: 20_000 }).toBe(true)
        await new Promise((resolve) => setTimeout(resolve, 700))
        const before = performance.now()
        process.kill(pid, signal)
        await running
        expect(performance.now() - before).toBeLessThan(1000)
        await expect.poll(() => processesOf(pid), { timeout: 2000 }).toEqual([])
        expect(stagesOf(pid, options.env)).toEqual([])
      },
    )
  },
)
