import { execFileSync } from 'node:child_process'
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import {
  type GitRepository,
  makeTemporaryFolder,
  type ObjectCache,
  openRepository,
  RevisionTree,
  type TemporaryFolder,
  Tree,
} from '../src/index.ts'

let scratch: TemporaryFolder
let root: string

beforeEach(async () => {
  scratch = await makeTemporaryFolder('revision-test')
  root = realpathSync(scratch.path)
  git('init', '--quiet')
  for (const [path, content] of Object.entries({
    'in/near/a': 'A',
    'far/b': 'B',
    'far/deep/c': 'C',
    'far/empty': '',
  })) {
    put(path, content)
  }
  symlinkSync('../../far/b', join(root, 'in/near/link'))
  git('add', '--all')
  git('commit', '--quiet', '-m', 'first')
  rmSync(join(root, 'in/near'), { recursive: true })
  put('in/near/later', 'not of the commit')
})
afterEach(async () => scratch.dispose())

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
}

async function repository(): Promise<GitRepository> {
  const found = await openRepository(root)
  if (found === undefined) throw new Error('there is no repository')
  return found
}

/** Reads files one after the other, like a render that finds the next path in each file. */
async function readAll(
  paths: readonly string[],
  memory?: ObjectCache,
  from?: GitRepository,
): Promise<{ texts: string[]; rounds: number }> {
  const commit = git('rev-parse', 'HEAD')
  const near = join(root, 'in/near')
  const tree = await RevisionTree.open(from ?? (await repository()), commit, near, { memory })
  let rounds = 0
  try {
    const texts = await tree.settle(async () => {
      rounds += 1
      const files = new Tree(tree.view, { boundary: [root] })
      return paths.map((path) => {
        const opened = files.open(join(root, path))
        return opened.outcome === 'file' ? Buffer.from(opened.read()).toString() : opened.outcome
      })
    })
    return { texts, rounds }
  } finally {
    tree.dispose()
  }
}

test('files of a commit are read at their paths in the work tree, without a checkout', async () => {
  const { texts, rounds } = await readAll([
    'in/near/a',
    'in/near/link',
    'in/near/later',
    'far/deep/c',
    'far/empty',
    'far',
  ])
  expect(texts).toEqual(['A', 'B', 'missing', 'C', '', 'not-a-file'])
  // Files near the workspace were prefetched; each other folder took one more round.
  expect(rounds).toBe(3)
})

test('files in the cache are read without git, and only files that were read are cached', async () => {
  const kept = new Map<string, Uint8Array>()
  const memory = {
    get: (name: string) => kept.get(name),
    put: (name: string, bytes: Uint8Array) => void kept.set(name, bytes),
  }
  const paths = ['in/near/a', 'in/near/link', 'far/deep/c']
  const { texts } = await readAll(paths, memory)
  const refused = async (): Promise<never> => Promise.reject(new Error('git was started'))
  const dead = { ...(await repository()), run: refused, start: refused }
  expect(await readAll(paths, memory, dead)).toEqual({ texts, rounds: 1 })
  expect([...kept.values()].map((bytes) => Buffer.from(bytes).toString()).sort()).toEqual(
    expect.arrayContaining(['../../far/b', 'A', 'B', 'C']),
  )
  // A listing, a link and three files.
  expect(kept.size).toBe(5)
  await expect(readAll(['far/empty'], memory, dead)).rejects.toThrow('git was started')
})

test('a file that the repository lacks is an error once it is read, with its path', async () => {
  const id = git('rev-parse', 'HEAD:far/deep/c')
  rmSync(join(root, '.git/objects', id.slice(0, 2), id.slice(2)))
  expect((await readAll(['in/near/a', 'far/b'])).texts).toEqual(['A', 'B'])
  await expect(readAll(['in/near/a', 'far/deep/c'])).rejects.toMatchObject({
    code: 'git-incomplete',
    message: expect.stringMatching(/lacks the content of far\/deep\/c$/u),
  })
})
