import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import type { TemporaryFolder } from '@overlay-render/system'

import { COMMANDS } from '../../packages/cli/src/command-table/index.ts'
import { makeProgram } from '../../packages/cli/src/program.ts'
import { build } from '../../scripts/build.js'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// Runs the scripts of the GitHub Action and the pre-commit hooks unchanged.

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string
      readonly run: string
      readonly env: Record<string, string>
    }[]
  }
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

describe('the GitHub Action', () => {
  let tree: TemporaryFolder

  beforeEach(async () => {
    await build({ force: false })
    tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
    writeFileSync(
      join(tree.path, 'overlay-render'),
      `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'packages/cli/bin/overlay-render.js')}' "$@"\n`,
    )
    chmodSync(join(tree.path, 'overlay-render'), 0o755)
    for (const args of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['commit', '--quiet', '--message=base'],
      ['branch', 'base'],
    ]) {
      const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
      execFileSync('git', [...who, ...args], { cwd: tree.path })
    }
  })
  afterEach(() => tree.dispose())

  /** Runs the review step. `env` contains the variables from GitHub and the inputs. */
  const review = (env: Readonly<Record<string, string>>) => {
    const step = action.runs.steps.find(({ id }) => id === 'review')
    const run = spawnSync('bash', ['-c', step?.run ?? 'exit 9'], {
      cwd: tree.path,
      encoding: 'utf8',
      env: {
        PATH: [tree.path, process.env['PATH']].join(delimiter),
        HOME: tree.path,
        RUNNER_TEMP: tree.path,
        GITHUB_OUTPUT: join(tree.path, 'output'),
        GITHUB_STEP_SUMMARY: join(tree.path, 'summary'),
        DIRECTORY: 'prow-deploy/kustom',
        REPORT: 'report.html',
        BASE: '',
        ...env,
      },
    })
    const read = (name: string): string =>
      existsSync(join(tree.path, name)) ? readFileSync(join(tree.path, name), 'utf8') : ''
    return { ...run, output: read('output'), summary: read('summary'), page: read('report.html') }
  }

  test('shows what a change does, and fails when a golden does not match', () => {
    const file = join(tree.path, 'prow-deploy/kustom/overlays/workloads/resources/image-puller.yaml')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/image: \S+/u, 'image: registry.example/changed:1'),
    )
    const { status, summary, output, page } = review({ BASE: 'base' })
    expect(summary).toContain('registry.example/changed:1')
    expect(page).toContain('image-puller')
    expect(output).toBe('report=report.html\n')
    expect(status).toBe(1)
  })

  test('passes when nothing changed', () => {
    expect(review({ BASE: 'base' }).status).toBe(0)
  })

  test('fails with a reason without a base, and for a base that does not exist', () => {
    const without = review({})
    expect([without.status, without.stderr]).toEqual([2, expect.stringContaining('give the input base')])
    const unknown = review({ GITHUB_BASE_REF: 'nowhere' })
    expect(unknown.status).toBe(2)
    expect(unknown.stderr).toContain('origin/nowhere')
  })

  test('no text of an input or of the event is inserted into a script', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{')
  })
})

test('the hooks of pre-commit run existing commands', async () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string }[]
  const called: string[] = []
  for (const { entry } of hooks) {
    const [program, ...args] = entry.split(' ')
    expect(program).toBe('overlay-render')
    await makeProgram(async ({ name }) => void called.push(name)).parseAsync(args, { from: 'user' })
  }
  expect(called).toEqual(['golden check', 'golden update'])
  expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining(called))
})
