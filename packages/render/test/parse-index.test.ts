import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, test } from 'vitest'

import { seededDraw } from '../../../test/differential/draw.ts'
import { parseIndex } from '../src/git-index/parse-index.ts'
import { layTree } from './temporary-tree.ts'

const PARTS = ['a', 'b', 'a.b', 'a-', 'é', '\u{1f600}', ' ', '\n', 'x'.repeat(250)] as const

interface Repository {
  readonly top: string
  readonly git: (...args: string[]) => Buffer
  readonly index: () => Buffer
}

function repository(...options: string[]): Repository {
  const top = layTree({})
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: top })
  git('init', '--quiet', ...options)
  return { top, git, index: () => readFileSync(join(top, '.git/index')) }
}

function write(top: string, name: string): void {
  mkdirSync(dirname(join(top, name)), { recursive: true })
  writeFileSync(join(top, name), name)
}

/** Names of which none is a folder of another; some are longer than the length field of an entry can hold. */
function drawNames(seed: number): string[] {
  const draw = seededDraw(seed)
  const deep = `${Array.from({ length: 17 }, () => 'y'.repeat(245)).join('/')}`.slice(0, 3900)
  const names = Array.from({ length: 40 }, () =>
    Array.from({ length: 1 + draw.below(4) }, () => PARTS[draw.below(PARTS.length)]).join('/'),
  )
  return [...new Set([...names, deep])].filter(
    (name, _, all) => !all.some((other) => other.startsWith(`${name}/`)),
  )
}

test.each([2, 3, 4])('the names in an index of version %i are those that git lists', (version) => {
  for (const seed of [1, 2, 3]) {
    const { top, git, index } = repository()
    const names = drawNames(seed)
    for (const name of names) write(top, name)
    git('add', '--all')
    write(top, 'later')
    git('add', '--intent-to-add', 'later')
    git('update-index', '--skip-worktree', '--', names[0] ?? '')
    git('update-index', '--index-version', String(version))
    const listed = git('ls-files', '-z', '--cached').toString().split('\0').slice(0, -1)
    const parsed = parseIndex(index())
    expect(listed).toHaveLength(names.length + 1)
    expect(listed.filter((name) => parsed?.has(name) !== true)).toEqual([])
    expect(parsed?.has('gone')).toBe(false)
  }
})

test('parseIndex returns undefined for an index with SHA-256, a split index and a sparse index', () => {
  const sha256 = repository('--object-format=sha256')
  write(sha256.top, 'a')
  sha256.git('add', '--all')
  expect(parseIndex(sha256.index())).toBeUndefined()

  const split = repository()
  write(split.top, 'a')
  split.git('add', '--all')
  split.git('update-index', '--split-index')
  expect(parseIndex(split.index())).toBeUndefined()

  const sparse = repository()
  for (const name of ['in/a', 'out/b']) write(sparse.top, name)
  sparse.git('add', '--all')
  sparse.git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=a')
  sparse.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'in')
  expect(parseIndex(sparse.index())).toBeUndefined()
})

test('parseIndex returns undefined for an index that is truncated or damaged at any byte', () => {
  const { top, git, index } = repository()
  for (const name of ['a', 'b/c']) write(top, name)
  git('add', '--all')
  const bytes = index()
  expect(parseIndex(bytes)?.has('b/c')).toBe(true)
  for (let at = 0; at < bytes.byteLength; at++) {
    expect(parseIndex(bytes.subarray(0, at))).toBeUndefined()
    expect(
      parseIndex(Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)))),
    ).toBeUndefined()
  }
})
