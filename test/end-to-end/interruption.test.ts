import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// Ctrl-C, SIGTERM and a full disk: nothing half written, no child left, no folder left.

let tree: TemporaryFolder
let kustom: string
let scratch: string

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  // The demo may have been rendered where it stands.
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'interruption-test-')))
})
afterEach(async () => {
  await tree.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

/** A kustomize that says it is the pin, and then builds for ever with a child of its own. */
function slowKustomize(): { path: string; started: string } {
  const path = join(scratch, 'kustomize')
  const started = join(scratch, 'started')
  writeFileSync(
    path,
    [
      '#!/bin/sh',
      'if [ "$1" = version ]; then echo "{Version:kustomize/v4.5.4 GitCommit:x BuildDate:2022-03-28T23:12:45Z GoOs:linux GoArch:amd64}"; exit 0; fi',
      '/bin/sleep 300 &',
      `echo $! > ${started}`,
      'wait',
      '',
    ].join('\n'),
  )
  chmodSync(path, 0o755)
  return { path, started }
}

/** A zombie, which nobody has waited for yet, is dead. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return state !== '' && !state.startsWith('Z')
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s during a build ends with %i, and takes everything with it', async (signal, status) => {
  const { path, started } = slowKustomize()
  const temporary = join(scratch, 'tmp')
  mkdirSync(temporary)
  const running = runCommand(['render', 'workloads', '-C', kustom, '--kustomize', path], {
    env: { TMPDIR: temporary },
    // The plain progress line of a long build is the sign that it runs.
    onText: (text, pid) => {
      if (text.includes('build') && existsSync(started)) process.kill(pid, signal)
    },
  })
  const result = await running
  expect(result.status).toBe(status)
  const grandchild = Number(execFileSync('cat', [started], { encoding: 'utf8' }))
  await expect.poll(() => isAlive(grandchild)).toBe(false)
  expect(readdirSync(temporary)).toEqual([])
  expect(existsSync(join(kustom, 'rendered'))).toBe(false)
})

test('an interruption at any moment leaves nothing half written and nothing behind', async () => {
  const temporary = join(scratch, 'tmp')
  const out = join(scratch, 'out')
  mkdirSync(temporary)
  for (const delay of [20, 80, 140, 200, 260, 320, 400, 500, 650, 800]) {
    const started = performance.now()
    const { status, signal } = await runCommand(['render', 'workloads', '-C', kustom, '--out', out], {
      env: { TMPDIR: temporary },
      onStart: (pid) => setTimeout(() => isAlive(pid) && process.kill(pid, 'SIGINT'), delay),
    })
    // Before the program listens, the signal itself ends it; after it has finished, nothing does.
    expect({ delay, took: performance.now() - started, how: status ?? signal }).toMatchObject({
      how: expect.toSatisfy((how: unknown) => how === 130 || how === 'SIGINT' || how === 0),
    })
    expect(readdirSync(temporary)).toEqual([])
    const names = existsSync(out) ? readdirSync(out, { recursive: true, encoding: 'utf8' }) : []
    expect(
      names.filter(
        (name) => !/^(\.gitignore|workloads(\/(manifests\.yaml|configs(\/\w+(\/\w+\.yaml)?)?))?)$/.test(name),
      ),
    ).toEqual([])
  }
})

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

test.skipIf(!canMount)(
  `a full disk is said in one sentence${canMount ? '' : ' (skipped: needs root, to mount a small disk)'}`,
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
