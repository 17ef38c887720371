import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { makeTemporaryFolder, openRepository, type TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'
import { Canaries } from './program-settings.ts'

// git runs programs that a repository's settings name. A pull request can commit a folder that git accepts as a repository, and the
// user's own repository may have such settings for good reasons. This project's git calls must not run a program from either.

let outside: TemporaryFolder
let tree: TemporaryFolder
let kustom: string
let canaries: Canaries

beforeEach(async () => {
  outside = await makeTemporaryFolder('outside')
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  canaries = new Canaries(join(outside.path, 'canaries'))
})
afterEach(async () => {
  await tree.dispose()
  await outside.dispose()
})

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim()
}

function commitAll(folder: string): void {
  git(folder, 'init', '--quiet')
  git(folder, 'add', '--all', '--force')
  git(folder, 'commit', '--quiet', '-m', 'first')
}

function setAll(config: string, settings: readonly (readonly [string, string])[] = canaries.settings): void {
  for (const [key, value] of settings) git(outside.path, 'config', '--file', config, '--add', key, value)
}

/** Runs every command that calls git or may do so later. */
async function runEverything(env: Readonly<Record<string, string>> = {}): Promise<readonly CommandResult[]> {
  const results: CommandResult[] = []
  for (const args of [
    ['diff', 'HEAD:workloads', 'workloads'],
    ['diff', '--end-of-options:workloads', 'workloads'],
    ['golden', 'check', 'workloads'],
    ['render', 'workloads', '--secrets', 'stub'],
    ['render', 'workloads', '--configs-only'],
    ['secrets', 'workloads'],
    ['review', '--base', 'HEAD'],
    ['affected', '--base', 'HEAD'],
    ['check', 'workloads', '--base', 'HEAD'],
    ['explain', 'workloads', 'ConfigMap/config'],
    ['jobs', 'diff', 'HEAD', '.'],
    ['golden', 'update', 'workloads'],
    ['plan', 'workloads'],
    ['init'],
  ]) {
    results.push(await runCommand(args, { cwd: kustom, env }))
  }
  return results
}

/** Adds the contents of a repository to the workspace as plain files, as a pull request could commit them. */
function embed(): void {
  const bare = join(outside.path, 'bare')
  git(outside.path, 'clone', '--quiet', '--bare', tree.path, bare)
  git(bare, 'config', 'core.bare', 'false')
  git(bare, 'config', 'core.worktree', kustom)
  setAll(join(bare, 'config'))
  dropBlobs(bare)
  for (const name of ['HEAD', 'objects', 'refs', 'config', 'packed-refs']) {
    if (existsSync(join(bare, name))) cpSync(join(bare, name), join(kustom, name), { recursive: true })
  }
}

/** Removes all blobs from the object store, so that git would fetch them from the promisor remote. */
function dropBlobs(gitFolder: string): void {
  const packs = join(gitFolder, 'objects/pack')
  const kept = join(outside.path, 'kept')
  mkdirSync(kept, { recursive: true })
  const objects = git(gitFolder, 'cat-file', '--batch-check', '--batch-all-objects')
    .split('\n')
    .filter((line) => !line.includes(' blob '))
    .map((line) => line.split(' ')[0])
  spawnSync('git', ['pack-objects', '--quiet', join(kept, 'pack')], {
    cwd: gitFolder,
    input: `${objects.join('\n')}\n`,
  })
  rmSync(join(gitFolder, 'objects'), { recursive: true })
  mkdirSync(packs, { recursive: true })
  mkdirSync(join(gitFolder, 'objects/info'))
  for (const name of readdirSync(kept)) {
    renameSync(join(kept, name), join(packs, name))
    if (name.endsWith('.pack')) writeFileSync(join(packs, name.replace('.pack', '.promisor')), '')
  }
}

test('this test can fail: plain git runs the programs', () => {
  commitAll(tree.path)
  setAll(join(tree.path, '.git/config'))
  const plain = (...args: string[]): void => {
    spawnSync('git', args, { cwd: tree.path, input: '', timeout: 20_000 })
  }
  plain('ls-files', '--others')
  plain('read-tree', 'HEAD')
  plain('checkout-index', '--all', `--prefix=${outside.path}/checkout/`)
  expect(canaries.ran()).toEqual(
    expect.arrayContaining(['core.fsmonitor', 'filter.any.process', 'hook post-index-change']),
  )
  dropBlobs(join(tree.path, '.git'))
  plain('cat-file', '--batch-check', '--batch-all-objects')
  plain('checkout-index', '--all', '--force')
  expect(canaries.ran()).toContain('core.sshCommand')
})

test("no command runs a program of the repository's own settings", async () => {
  commitAll(tree.path)
  setAll(join(tree.path, '.git/config'))
  const [diff] = await runEverything()
  expect(canaries.ran()).toEqual([])
  // On a slow machine the command also prints progress lines.
  expect(diff?.stderr.replaceAll(/^.*: \w+ …\n/gmu, '')).toBe('')
  expect(diff?.status).toBe(0)
})

/** Places other than a repository's own file from which git reads settings. @returns environment variables to add */
const PLACES: Readonly<Record<string, () => Record<string, string>>> = {
  'a file that the repository includes': () => {
    setAll(join(outside.path, 'included'))
    git(tree.path, 'config', 'include.path', join(outside.path, 'included'))
    return {}
  },
  'a file that the repository includes for its folder': () => {
    setAll(join(outside.path, 'included'))
    git(tree.path, 'config', `includeIf.gitdir:${tree.path}/.path`, join(outside.path, 'included'))
    return {}
  },
  "the user's own settings": () => {
    setAll(join(outside.path, '.gitconfig'))
    return { HOME: outside.path }
  },
  "the user's settings below XDG_CONFIG_HOME": () => {
    mkdirSync(join(outside.path, 'xdg/git'), { recursive: true })
    setAll(join(outside.path, 'xdg/git/config'))
    return { HOME: outside.path, XDG_CONFIG_HOME: join(outside.path, 'xdg') }
  },
  "the settings of the repository's work tree": () => {
    git(tree.path, 'config', 'extensions.worktreeConfig', 'true')
    setAll(join(tree.path, '.git/config.worktree'))
    return {}
  },
}

test.for(Object.keys(PLACES))('no command runs a program of %s', async (place) => {
  commitAll(tree.path)
  const env = PLACES[place]?.() ?? {}
  const [diff] = await runEverything(env)
  expect(canaries.ran()).toEqual([])
  expect(diff?.status).toBe(0)
})

test('objects that a repository borrows from a hostile one run nothing', async () => {
  commitAll(tree.path)
  const other = join(outside.path, 'other')
  git(outside.path, 'clone', '--quiet', '--bare', tree.path, other)
  setAll(join(other, 'config'))
  dropBlobs(join(tree.path, '.git'))
  writeFileSync(join(tree.path, '.git/objects/info/alternates'), `${join(other, 'objects')}\n`)
  const [diff] = await runEverything()
  expect(canaries.ran()).toEqual([])
  expect(diff?.status).toBe(0)
})

test('no setting of git runs its program in any call of git', async () => {
  commitAll(tree.path)
  const config = join(tree.path, '.git/config')
  cpSync(config, `${config}.before`)
  for (const setting of canaries.settings) {
    cpSync(`${config}.before`, config)
    setAll(config, [['core.attributesFile', join(outside.path, 'canaries/attributes')], setting])
    await askEverything(tree.path)
    expect({ setting, ran: canaries.ran() }).toEqual({ setting, ran: [] })
  }
})

test('nothing is fetched for a partial clone, and the message says so', async () => {
  commitAll(tree.path)
  setAll(join(tree.path, '.git/config'))
  dropBlobs(join(tree.path, '.git'))
  const [diff] = await runEverything()
  expect(canaries.ran()).toEqual([])
  expect(diff?.stderr).toMatch(/git cannot read the files of/)
  expect(diff?.status).toBe(2)
})

test('a repository that a pull request commits into the workspace is not used', async () => {
  commitAll(tree.path)
  embed()
  git(tree.path, 'add', '--all', '--force')
  git(tree.path, 'commit', '--quiet', '-m', 'hostile')
  // The revision comes from the enclosing repository.
  const [diff] = await runEverything()
  expect(canaries.ran()).toEqual([])
  expect(diff?.status).toBe(0)
})

test('a committed repository is not used outside of a repository either', async () => {
  commitAll(tree.path)
  embed()
  rmSync(join(tree.path, '.git'), { recursive: true })
  const [diff] = await runEverything()
  expect(canaries.ran()).toEqual([])
  expect(diff?.stderr).toMatch(/not in a git work tree/)
  expect(diff?.status).toBe(2)
})

test('a .git file that points into the work tree, where a commit can write, is refused', async () => {
  commitAll(tree.path)
  embed()
  rmSync(join(tree.path, '.git'), { recursive: true })
  writeFileSync(join(tree.path, '.git'), 'gitdir: prow-deploy/kustom\n')
  const [diff] = await runEverything()
  expect(canaries.ran()).toEqual([])
  expect(diff?.stderr).toMatch(/where any commit can change it/)
  expect(diff?.status).toBe(2)
})

test("a worktree and a submodule of the user's own work with their settings", async () => {
  commitAll(tree.path)
  const { path: origin } = tree
  git(origin, 'config', 'extensions.worktreeConfig', 'true')
  const worktree = join(outside.path, 'worktree')
  git(origin, 'worktree', 'add', '--quiet', worktree)
  setAll(join(origin, '.git/worktrees/worktree/config.worktree'))
  await askEverything(worktree)

  const holder = join(outside.path, 'holder')
  mkdirSync(holder)
  git(holder, 'init', '--quiet')
  git(holder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', origin, 'sub')
  setAll(join(holder, '.git/modules/sub/config'))
  await askEverything(join(holder, 'sub'))
  expect(canaries.ran()).toEqual([])
})

/** Runs each git command that the product may run, with arguments that make it succeed. */
async function askEverything(folder: string): Promise<void> {
  const repository = await openRepository(folder)
  expect(repository?.workTree).toBe(folder)
  const head = await repository?.run('rev-parse', ['--verify', '--end-of-options', 'HEAD^{commit}'])
  expect(head?.exitCode).toBe(0)
  const index = join(outside.path, 'index')
  const checkout = join(outside.path, 'files')
  const runs = [
    repository?.run('ls-files', ['-z', '--cached', '--others', '--exclude-standard']),
    repository?.run('ls-tree', ['-r', 'HEAD']),
    repository?.run('merge-base', ['HEAD', 'HEAD']),
    repository?.run('check-ignore', ['--stdin'], { input: 'x\n' }),
    repository?.run('cat-file', ['--batch'], { input: 'HEAD:LICENSE\nHEAD\n' }),
  ]
  for (const { stderr } of await Promise.all(runs.filter((run) => run !== undefined))) expect(stderr).toBe('')
  const talk = await repository?.start('cat-file', ['--batch'])
  talk?.stdin.write('HEAD^{tree}\n')
  await new Promise((resolve) => talk?.stdout.once('data', resolve))
  talk?.kill()
  await repository?.run('read-tree', ['HEAD'], { index })
  const { exitCode, stderr } = (await repository?.run('checkout-index', ['--all', `--prefix=${checkout}/`], {
    index,
  })) ?? { exitCode: 1, stderr: '' }
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  rmSync(checkout, { recursive: true })
  rmSync(index)
}
