import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { skipReason } from '../support/needs.ts'
import { root } from '../support/oracles.ts'

const skipped = skipReason('kustomize')

function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'golden-base-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const files: Record<string, string> = { 'overlay-render.yaml': 'version: 1\nsecrets: stub\n' }
  for (const name of ['a', 'b', 'c']) {
    files[`overlays/${name}/kustomization.yaml`] = 'resources: [map.yaml]\n'
    files[`overlays/${name}/map.yaml`] =
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  key: value\n`
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git(folder, 'init', '-q')
  expect(run(folder, 'golden', 'update').status).toBe(0)
  commit(folder)
  return folder
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder })
}

function commit(folder: string): void {
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'change')
}

function run(folder: string, ...args: readonly string[]) {
  const command = join(root, 'packages/cli/bin/overlay-render.js')
  return spawnSync(process.execPath, [command, '-C', folder, ...args], { encoding: 'utf8' })
}

test.skipIf(skipped !== '')(
  `golden check --base compares the overlays whose render or golden a change affects${skipped}`,
  () => {
    const folder = repository()
    expect(run(folder, 'golden', 'check', '--base', 'HEAD')).toMatchObject({
      status: 0,
      stdout: 'Nothing to compare: the change since HEAD can affect no overlay.\n',
    })
    // The change edits overlay a and the golden of b. The base already has a wrong golden of c.
    writeFileSync(join(folder, 'golden/c.yaml'), '')
    commit(folder)
    appendFileSync(join(folder, 'overlays/a/map.yaml'), '  more: value\n')
    appendFileSync(join(folder, 'golden/b.yaml'), '  more: value\n')
    const checked = run(folder, 'golden', 'check', '--base', 'HEAD')
    expect(checked.status).toBe(1)
    expect(checked.stdout).toContain('overlay-render -C')
    expect(checked.stdout.trimEnd().split('\n').at(-1)).toMatch(/golden update a b$/u)
    expect(run(folder, 'golden', 'check', 'c', '--base', 'HEAD').status).toBe(0)
    expect(run(folder, 'golden', 'check').stdout).toMatch(/golden update a b c\n$/u)
  },
)

test.skipIf(skipped !== '')(`a missing base is an error with the command that fetches it${skipped}`, () => {
  const folder = repository()
  const { status, stderr } = run(folder, 'golden', 'check', '--base', 'origin/gone')
  expect(status).toBe(2)
  expect(stderr).toContain('git fetch origin gone:refs/remotes/origin/gone')
})

test.skipIf(skipped !== '')(
  `a review takes the goldens that a change reaches, also where no output changes${skipped}`,
  () => {
    const folder = repository()
    const review = () => run(folder, 'review', '--base', 'HEAD')
    expect(review()).toMatchObject({ status: 0 })
    appendFileSync(join(folder, 'golden/b.yaml'), '  more: value\n')
    rmSync(join(folder, 'golden/c.yaml'))
    const edited = review()
    expect(edited.status).toBe(1)
    expect(edited.stdout).toMatch(/^b +changed +golden\/b\.yaml changed$/mu)
    expect(edited.stdout).toMatch(/^c +changed +golden\/c\.yaml was removed$/mu)
    expect(edited.stdout).toMatch(/golden update b c\n$/u)
    git(folder, 'checkout', '-q', '.')
    appendFileSync(join(folder, 'overlay-render.yaml'), 'golden: {layout: resources}\n')
    const moved = review()
    expect(moved.status).toBe(1)
    expect(moved.stdout).toMatch(/golden update a b c\n$/u)
    expect(run(folder, 'golden', 'check', '--base', 'HEAD').status).toBe(1)
  },
)
