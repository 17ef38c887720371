import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// A review names the changed files that no overlay reads, on a clone of the demo.

let tree: TemporaryFolder
let kustom: string
/** The folder of the reports and the cache. */
let out: string

const git = (...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: tree.path,
  })
}
const at = (path: string): string => join(kustom, path)
const review = async (...args: string[]): Promise<CommandResult> =>
  runCommand(['-C', kustom, 'review', '--base', 'main', ...args], {
    env: { XDG_CACHE_HOME: join(out, 'cache') },
    cached: true,
  })

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  out = mkdtempSync(join(tmpdir(), 'overlay-render-unread-'))
  writeFileSync(join(tree.path, 'notes.md'), 'one\n')
  for (let index = 0; index < 120; index++) writeFileSync(join(tree.path, `page-${index}.md`), 'one\n')
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=base')
  git('checkout', '--quiet', '-b', 'change')
})
afterEach(async () => {
  rmSync(out, { recursive: true, force: true })
  await tree.dispose()
})

test('a review names the changed files that no overlay reads in each report, and they change no exit status', async () => {
  appendFileSync(join(tree.path, 'notes.md'), 'two\n')
  git('commit', '--quiet', '--all', '--message=notes')
  writeFileSync(at('base/spare.txt'), 'spare\n')
  rmSync(join(tree.path, 'page-7.md'))
  // Settings and goldens belong to the workspace, and these files have the same text as before.
  appendFileSync(at('overlay-render.yaml'), '# a line\n')
  utimesSync(join(tree.path, 'page-8.md'), 1_000_000_000, 1_000_000_000)
  utimesSync(at('overlays/workloads/kustomization.yaml'), 1_000_000_000, 1_000_000_000)

  const files = ['../../notes.md', '../../page-7.md', 'base/spare.txt']
  const reports = ['html', 'markdown'].map((format) => join(out, `report.${format}`))
  const part = join(out, 'part.json')
  const text = await review(
    ...reports.flatMap((file) => ['--report', `${file.split('.').at(-1)}=${file}`]),
    '--report',
    `part=${part}`,
  )
  expect(text.status).toBe(0)
  expect(text.stdout).toContain(`3 changed files are in no overlay: ${files.join(', ')}.\n`)
  for (const report of reports) {
    const shown = readFileSync(report, 'utf8')
    expect([...files, '3 changed files'].filter((name) => !shown.includes(name))).toEqual([])
  }
  const { inNoOverlay } = JSON.parse((await review('--json')).stdout)
  expect(inNoOverlay).toEqual({ count: 3, files })
  expect(JSON.parse(readFileSync(part, 'utf8')).inNoOverlay).toEqual({ count: 3, files })
  expect((await review('--shard', '2/2')).stdout).not.toContain('in no overlay')
})

test('of many such files a review names some and counts the others', async () => {
  for (let index = 0; index < 120; index++) writeFileSync(join(tree.path, `page-${index}.md`), 'two\n')
  const { stdout } = await review()
  expect(stdout).toMatch(/^120 changed files are in no overlay: (?:\S+, ){4}\S+ and 115 more\.$/mu)
  const { inNoOverlay } = JSON.parse((await review('--json')).stdout)
  expect(inNoOverlay.count).toBe(120)
  expect(inNoOverlay.files).toHaveLength(100)
})

test('a file that an overlay read before the change, or reads after it, is in an overlay', async () => {
  const kustomization = at('overlays/workloads/kustomization.yaml')
  const text = readFileSync(kustomization, 'utf8')
  writeFileSync(kustomization, text.replace(/^.*resources\/image-puller\.yaml.*\n/mu, ''))
  expect(readFileSync(kustomization, 'utf8')).not.toBe(text)
  rmSync(at('overlays/workloads/resources/image-puller.yaml'))
  const { stdout } = await review()
  expect(stdout).not.toContain('in no overlay')
})
