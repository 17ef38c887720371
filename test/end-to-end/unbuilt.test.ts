import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { build } from '../../scripts/build.js'
import { root } from '../support/oracles.ts'

// A clone whose install or build failed reports it in one sentence, and an edited source never runs an old bundle.

function halfAClone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unbuilt-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const path of [
    'scripts/build.js',
    'rolldown.config.js',
    'package.json',
    'packages/cli/bin',
    'packages/cli/package.json',
  ]) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  return folder
}

test.each([
  [
    'scripts/build.js',
    /^overlay-render cannot be built because its dependencies are not installed: run .*\n$/,
  ],
  ['packages/cli/bin/overlay-render.js', /^overlay-render is not built: run .*\n$/],
])('%s without installed packages is an error of one sentence', (script, says) => {
  const folder = halfAClone()
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, script)], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toMatch(says)
  expect(stdout).toBe('')
  expect(status).toBe(3)
})

test('only an edited source makes a new bundle', async () => {
  const bundle = join(root, 'packages/cli/dist/bundle/main.cjs')
  await build({ force: false })
  const first = statSync(bundle).mtimeMs
  await build({ force: false })
  expect(statSync(bundle).mtimeMs).toBe(first)
  const now = new Date()
  utimesSync(join(root, 'packages/cli/src/version.ts'), now, now)
  await build({ force: false })
  expect(statSync(bundle).mtimeMs).toBeGreaterThan(first)
})
