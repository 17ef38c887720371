import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ProwFiles } from '@overlay-render/prow'
import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { readProwSide } from '../src/prow/prow-sides.ts'
import { readProwFiles } from '../src/prow/read-check.ts'
import { layTree, type Tree } from './temporary-tree.ts'

// Prow's files are read in the same way from the work tree and from a commit: untracked files do not exist, and a link must stay in
// the tree.

const FILES: Tree = {
  '.gitignore': 'secret*\n',
  'kustom/overlay-render.yaml':
    'version: 1\nprow: {config: config.yaml, plugins: plugins.yaml, jobs: [../jobs, ../more]}\n',
  'kustom/overlays/a/kustomization.yaml': 'resources: []\n',
  'kustom/config.yaml': 'plank: {}\n',
  'kustom/plugins.yaml': 'plugins: {}\n',
  'jobs/a/one.yaml': 'a: one\n',
  'jobs/b/two.yaml': '-> ../../linked.yaml',
  'jobs/b/readme.md': 'not a job\n',
  'jobs/b/gone.yaml': '-> nowhere.yaml',
  'linked.yaml': 'a: linked\n',
  ...Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`more/${at}/job.yaml`, `at: ${at}\n`])),
}

function layRepository(files: Tree): string {
  const top = layTree({ ...FILES, ...files })
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: top, stdio: 'pipe' })
  git('init', '--quiet')
  git('add', '--all')
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'jobs')
  writeFileSync(join(top, 'jobs/a/secret.yaml'), 'a: canary\n')
  return top
}

const textsOf = ({ jobs }: ProwFiles): string[] =>
  jobs.map(({ path, bytes }) => `${path} ${Buffer.from(bytes).toString()}`).sort()

test('a commit gives the same files under the same names as its work tree', async () => {
  const top = layRepository({})
  const workspace = await openWorkspace(join(top, 'kustom'))
  const here = await workspace.prowFiles('.')
  expect(textsOf(here)).toHaveLength(22)
  expect(textsOf(here)).toContain('../jobs/b/two.yaml a: linked\n')
  rmSync(join(top, 'more'), { recursive: true })
  const then = await workspace.prowFiles('HEAD')
  expect(textsOf(then)).toEqual(textsOf(here))
  expect({ ...then, jobs: [] }).toEqual({ ...here, jobs: [] })
})

test('a job folder that is missing in a commit is empty; one that is missing in the work tree is an error', async () => {
  const top = layRepository({})
  rmSync(join(top, 'more'), { recursive: true })
  const workspace = await openWorkspace(join(top, 'kustom'))
  await expect(workspace.prowFiles('.')).rejects.toThrow('the job folder ../more is not in the tracked tree')
  writeFileSync(join(top, 'kustom/overlay-render.yaml'), 'version: 1\nprow: {jobs: [../never]}\n')
  const other = await openWorkspace(join(top, 'kustom'))
  expect(textsOf(await other.prowFiles('HEAD'))).toEqual([])
})

test.each(['.', 'HEAD'])('a job that is a link out of the tree is refused: %s', async (side) => {
  const workspace = await openWorkspace(join(layRepository({ 'jobs/out.yaml': '-> /etc/passwd' }), 'kustom'))
  await expect(workspace.prowFiles(side)).rejects.toMatchObject({ code: 'outside-boundary' })
})

test('of a folder that an argument names, only tracked files are read, with and without a workspace', async () => {
  const top = layRepository({})
  const workspace = await openWorkspace(join(top, 'kustom'))
  for (const around of [workspace, undefined]) {
    const texts = textsOf(await readProwSide(around, join(top, 'jobs/a')))
    expect(texts.map((text) => text.split(' ')[1])).toEqual(['a:'])
    expect(texts.join('')).not.toContain('canary')
  }
})

test.each(['-> ../jobs/a/secret.yaml', '-> /etc/passwd'])(
  'plugins.yaml as a link to an untracked file is not read: %s',
  async (link) => {
    const top = layRepository({ 'kustom/plugins.yaml': link })
    const workspace = await openWorkspace(join(top, 'kustom'))
    const read = await readProwFiles(workspace).catch((error: unknown) => error)
    expect(read).toSatisfy(
      (found: object) =>
        ('code' in found && found.code === 'outside-boundary') ||
        !('plugins' in found && found.plugins !== undefined),
    )
  },
)

test('links that git checked out as text files, as with core.symlinks=false, are followed', async () => {
  const top = layRepository({
    'kustom/config.yaml': '../real/config.yaml',
    'real/config.yaml': 'plank: {}\n',
  })
  const { config, plugins } = await readProwFiles(await openWorkspace(join(top, 'kustom')))
  expect(config).toEqual({ path: 'config.yaml', bytes: Buffer.from('plank: {}\n') })
  expect(Buffer.from(plugins?.bytes ?? []).toString()).toBe('plugins: {}\n')
})

test('a check without settings of Prow is an error, and so is a setting that names a missing file', async () => {
  const settings = async (prow: string): Promise<unknown> => {
    const top = layRepository({ 'kustom/overlay-render.yaml': `version: 1\n${prow}` })
    return readProwFiles(await openWorkspace(join(top, 'kustom')))
  }
  await expect(settings('')).rejects.toMatchObject({ code: 'prow-missing' })
  await expect(settings('prow: {config: confg.yaml}\n')).rejects.toThrow(
    'prow.config names confg.yaml, which is not in the tracked tree',
  )
  await expect(settings('prow: {plugins: plugin.yaml}\n')).rejects.toThrow('prow.plugins names plugin.yaml')
})
