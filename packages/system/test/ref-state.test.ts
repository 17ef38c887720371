import { execFileSync } from 'node:child_process'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { seededDraw } from '../../../test/differential/draw.ts'
import { findRepository, makeTemporaryFolder } from '../src/index.ts'
import { refState } from '../src/git/ref-state.ts'

interface Repository {
  readonly top: string
  readonly git: (...args: string[]) => string
  /** `refState` for the work tree at `folder`. */
  readonly state: (folder: string, revisions: readonly string[]) => string | undefined
}

async function repository(): Promise<Repository> {
  const scratch = await makeTemporaryFolder('ref-state-test')
  onTestFinished(() => scratch.dispose())
  const top = join(realpathSync(scratch.path), 'top')
  mkdirSync(top)
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', [...identity, ...args], { cwd: top, encoding: 'utf8', stdio: 'pipe' }).trim()
    } catch {
      return 'failed'
    }
  }
  git('init', '--quiet', '--initial-branch=main')
  git('commit', '--quiet', '--allow-empty', '-m', 'first')
  const state = (folder: string, revisions: readonly string[]): string | undefined => {
    const place = findRepository(folder)
    return place === undefined ? undefined : refState(place, revisions)
  }
  return { top, git, state }
}

const REVISIONS = [
  'main',
  'HEAD',
  'HEAD~1',
  'origin/main',
  'origin',
  'v1',
  'topic',
  'refs/heads/topic^',
  'main~2',
] as const
const NAMES = [
  'refs/heads/topic',
  'refs/tags/topic',
  'refs/tags/v1',
  'refs/remotes/origin/main',
  'refs/v1',
  'refs/heads/main',
] as const

/** Changes references in a random, realistic way. */
function edit({ git, top }: Repository, draw: ReturnType<typeof seededDraw>): void {
  const name = NAMES[draw.below(NAMES.length)] ?? 'refs/heads/topic'
  const edits: readonly (() => void)[] = [
    () => git('commit', '--quiet', '--allow-empty', '-m', `commit ${draw.below(1e9)}`),
    () => git('update-ref', name, `HEAD~${draw.below(3)}`),
    () => git('update-ref', '-d', name),
    () => git('tag', '--force', '--annotate', '-m', 'tag', 'v1', `HEAD~${draw.below(2)}`),
    () => git('pack-refs', '--all'),
    () => git('checkout', '--quiet', '--detach', `HEAD~${draw.below(2)}`),
    () => git('checkout', '--quiet', '-B', draw.below(2) === 0 ? 'main' : 'topic'),
    () => git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main'),
    () => writeFileSync(join(top, '.git/v1'), `${git('rev-parse', 'HEAD')}\n`),
    () => rmSync(join(top, '.git/v1'), { force: true }),
  ]
  edits[draw.below(edits.length)]?.()
}

test('equal states mean equal answers of git, in both work trees of a repository', async () => {
  const draw = seededDraw(11)
  const own = await repository()
  const other = join(own.top, '../other')
  own.git('worktree', 'add', '--quiet', '--detach', other)
  const said = new Map<string, string>()
  let again = 0
  for (let round = 0; round < 60; round++) {
    edit(own, draw)
    for (const folder of [own.top, other]) {
      const revision = REVISIONS[draw.below(REVISIONS.length)] ?? 'main'
      const state = own.state(folder, [revision, 'HEAD'])
      expect(state).toBeDefined()
      const answer = own.git('-C', folder, 'rev-parse', '--quiet', '--verify', `${revision}^{commit}`, 'HEAD')
      const before = said.get(state ?? '')
      if (before !== undefined) again += 1
      expect(before ?? answer).toBe(answer)
      said.set(state ?? '', answer)
    }
  }
  expect(again).toBeGreaterThan(5)
}, 60_000)

test('a different shallow boundary is a different state', async () => {
  const { top, git, state } = await repository()
  const before = state(top, ['main'])
  writeFileSync(join(top, '.git/shallow'), `${git('rev-parse', 'HEAD')}\n`)
  expect(state(top, ['main'])).not.toBe(before)
})

test.each([
  'abc1234',
  'ABCDEF12',
  'v1-2-gabc1234',
  'main@{1}',
  'main@{upstream}',
  '@',
  ':/first',
  'a..b',
  '-x',
  'main^{tree}',
  '../x',
  '',
])('only git can resolve %j', async (revision) => {
  const { top, state } = await repository()
  expect(state(top, [revision])).toBeUndefined()
})

test('only git can resolve references in a reftable', async () => {
  const { top, state } = await repository()
  // As git creates it with extensions.refStorage.
  mkdirSync(join(top, '.git/reftable'))
  expect(state(top, ['main'])).toBeUndefined()
})
