import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { makeTemporaryFolder, openRepository, RevisionTree, type TemporaryFolder } from '../src/index.ts'

let scratch: TemporaryFolder
let root: string

beforeEach(async () => {
  scratch = await makeTemporaryFolder('listing-test')
  root = realpathSync(scratch.path)
})
afterEach(async () => scratch.dispose())

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** Names that sort before and after a slash, by bytes and by UTF-16 in other orders, and that look like what git prints around them. */
const NAMES = [
  'a',
  'a-b',
  'a.b',
  'a0',
  'A',
  'é',
  '😀',
  '\uFFFD',
  'tab\there',
  '120000 blob',
  'line\nend',
  'z',
]

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield state / 2 ** 31
}

function layTree(seed: number): void {
  const random = numbers(seed)
  const pick = (): string => NAMES[Math.floor(random.next().value * NAMES.length)] ?? 'a'
  for (let file = 0; file < 80; file++) {
    const depth = 1 + Math.floor(random.next().value * 4)
    const path = join(root, ...Array.from({ length: depth }, pick))
    try {
      mkdirSync(dirname(path), { recursive: true })
      if (random.next().value < 0.2) symlinkSync(pick(), path)
      else writeFileSync(path, `${file}`)
    } catch {
      // What is a file cannot be a folder, too.
    }
  }
}

/** Everything below a folder of the disk, but for git's own. */
function everythingBelow(top: string): string[] {
  return [top].concat(
    ...readdirSync(top)
      .filter((name) => name !== '.git')
      .map((name) => join(top, name))
      .map((path) => (lstatSync(path).isDirectory() ? everythingBelow(path) : [path])),
  )
}

test('a commit has the entries that its checkout has, whatever their names', async () => {
  git('init', '--quiet')
  for (let seed = 1; seed <= 8; seed++) {
    for (const name of readdirSync(root))
      if (name !== '.git') git('rm', '-r', '--quiet', '--force', '--', name)
    layTree(seed)
    git('add', '--all')
    git('commit', '--quiet', '--message', `tree ${seed}`)
    const repository = await openRepository(root)
    if (repository === undefined) throw new Error('there is no repository')
    const tree = await RevisionTree.open(repository, git('rev-parse', 'HEAD'), root)
    try {
      const paths = everythingBelow(root)
      expect(paths.length).toBeGreaterThan(40)
      for (const path of paths) {
        const entry = lstatSync(path)
        const kind = entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'file'
        expect([path, tree.view.kindOf(path)]).toEqual([path, kind])
        const names = kind === 'folder' ? readdirSync(path).filter((name) => name !== '.git') : []
        expect([path, tree.view.list(path)]).toEqual([path, names.sort()])
        // Names next to it that are not there.
        for (const beside of [`${path}!`, `${path}0`, `${path}/a/b/c/d/e`].filter(
          (other) => !paths.includes(other),
        ))
          expect([beside, tree.view.kindOf(beside)]).toEqual([beside, undefined])
      }
    } finally {
      tree.dispose()
    }
  }
})
