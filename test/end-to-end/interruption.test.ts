import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// Ctrl-C and a full disk leave no partial file and no folder. test/hostile/processes.test.ts covers child processes.

let tree: TemporaryFolder
let kustom: string
let scratch: string

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  // Someone may have rendered the demo in place.
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'interruption-test-')))
})
afterEach(async () => {
  await tree.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

/** A zombie, which nobody has waited for yet, counts as dead. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return state !== '' && !state.startsWith('Z')
}

/** The files that a process left in its temporary folder and in /dev/shm. */
function leftOf(pid: number, temporary: string): string[] {
  const memory = existsSync('/dev/shm') ? readdirSync('/dev/shm') : []
  return [
    ...readdirSync(temporary),
    ...memory.filter((name) => name.startsWith('overlay-render-') && name.includes(`-${pid}-`)),
  ]
}

/** The files and folders in an output folder that are not outputs of the overlay `workloads`, such as partial files. */
function unexpectedIn(out: string): string[] {
  const names = existsSync(out) ? readdirSync(out, { recursive: true, encoding: 'utf8' }) : []
  const output =
    /^(\.gitignore|workloads(\/(\.overlay-render-output|manifests\.yaml|configs(\/\w+(\/\w+\.yaml)?)?))?)$/
  return names.filter((name) => !output.test(name))
}

test('an interruption at any moment leaves no partial output and no temporary file', async () => {
  const temporary = join(scratch, 'tmp')
  const out = join(scratch, 'out')
  mkdirSync(temporary)
  for (const delay of [20, 80, 140, 200, 260, 320, 400, 500, 650, 800]) {
    const started = { at: performance.now(), pid: 0 }
    const { status, signal } = await runCommand(['render', 'workloads', '-C', kustom, '--out', out], {
      env: { TMPDIR: temporary },
      onStart: (pid) => {
        started.pid = pid
        setTimeout(() => isAlive(pid) && process.kill(pid, 'SIGINT'), delay)
      },
    })
    // An early signal ends the program before it has a handler; a late one comes after it has finished.
    expect({ delay, took: performance.now() - started.at, how: status ?? signal }).toMatchObject({
      how: expect.toSatisfy((how: unknown) => how === 130 || how === 'SIGINT' || how === 0),
    })
    // A second process removes any leftovers once it sees that the first has ended.
    await expect
      .poll(() => [...leftOf(started.pid, temporary), ...unexpectedIn(out)], { timeout: 5000 })
      .toEqual([])
  }
})

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

test.skipIf(!canMount)(
  `a full disk is an error of one sentence${canMount ? '' : ' (skipped: needs root, to mount a small disk)'}`,
  async () => {
    const disk = join(scratch, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk])
    try {
      const result = await runCommand(['render', 'workloads', '-C', kustom, '--out', join(disk, 'out')])
      expect(result.stderr).toMatch(/cannot write .*: the disk is full/)
      expect(result.stderr).toMatch(/hint: free some space/)
      expect(result.status).toBe(3)
      const left = readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.includes('manifests.yaml'),
      )
      expect(left).toEqual([])
    } finally {
      execFileSync('umount', [disk])
    }
  },
)

/** Disk sizes: too small for the stage, for the schema, for the stage of the second build; the last one fits all of it. */
const SIZES = ['8k', '200k', '400k', '32m'] as const

test.skipIf(!canMount)(
  `a full disk for temporary files never changes a result${canMount ? '' : ' (skipped: needs root, to mount a small disk)'}`,
  async () => {
    const temporary = join(scratch, 'tmp')
    mkdirSync(temporary)
    const args = ['check', 'control-plane', '-C', kustom]
    const whole = await runCommand(args)
    const expected = `${whole.status} ${whole.stdout}`
    const full = /^3 .*: the disk is full\n/u
    const seen = new Map<string, string>()
    for (const size of SIZES) {
      const mount = `for place in /dev/shm "$0"; do mount -t tmpfs -o size=${size} none "$place" || exit 9; done; exec "$@"`
      const { status, stdout, stderr } = await runCommand(args, {
        env: { TMPDIR: temporary },
        through: ['unshare', '--mount', 'sh', '-c', mount, temporary],
      })
      seen.set(size, status === 3 ? `3 ${stderr}` : `${status} ${stdout}`)
    }
    const others = [...seen].filter(([, said]) => said !== expected && !full.test(said))
    expect(others).toEqual([])
    expect([seen.get('8k'), seen.get('32m')]).toEqual([expect.stringMatching(full), expected])
  },
  60_000,
)
