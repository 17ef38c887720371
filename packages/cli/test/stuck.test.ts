import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { root } from '../../../test/support/oracles.ts'

test('a run that waits for what never comes has the status of a fault', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-stuck-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  // Node ends a process whose event loop is empty, whatever it still awaits.
  const preload = join(folder, 'preload.cjs')
  writeFileSync(preload, "require('node:fs/promises').realpath = () => new Promise(() => undefined)\n")
  const command = join(root, 'packages/cli/bin/overlay-render.js')
  const [status, stderr] = await new Promise<[unknown, string]>((done) => {
    const args = ['--require', preload, command, '-C', folder, 'render', '--all']
    execFile(process.execPath, args, (error, _, said) => done([error?.code ?? 0, said]))
  })
  expect(stderr).toContain('the program stopped before its work was done')
  expect(status).toBe(3)
})
