import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, onTestFinished, test } from 'vitest'

import { type CommandResult, runCommand } from '../support/command.ts'
import { skipReason } from '../support/needs.ts'
import { kustomize454 } from '../support/oracles.ts'

// Reviews whose two sides have different overlays or different histories.

const missing = kustomize454() === undefined

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Creates a repository with a workspace that has an overlay of each name; `mended` does not build. */
function lay(...names: readonly string[]): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'overlay-render-sides-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const top = join(folder, 'origin')
  write(join(top, 'overlay-render.yaml'), 'version: 1\nkustomize: {version: 4.5.4}\nsecrets: stub\n')
  for (const name of names) {
    const more = name === 'mended' ? '- nonsense\n' : ''
    write(join(top, 'overlays', name, 'kustomization.yaml'), `resources: [cm.yaml]\n${more}`)
    write(
      join(top, 'overlays', name, 'cm.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: default}\ndata: {a: one}\n',
    )
  }
  git(folder, 'init', '--quiet', '--initial-branch=main', top)
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=base')
  return top
}

const review = async (folder: string, base: string): Promise<CommandResult> =>
  runCommand(['-C', folder, 'review', '--base', base, '--json'])

test.skipIf(missing)(
  `all other overlays are reviewed when some exist or build on one side only${skipReason('kustomize')}`,
  async () => {
    const top = lay('broken', 'changed', 'gone', 'mended', 'same')
    const overlays = join(top, 'overlays')
    cpSync(join(overlays, 'same'), join(overlays, 'new'), { recursive: true })
    rmSync(join(overlays, 'gone'), { recursive: true })
    write(join(overlays, 'mended/kustomization.yaml'), 'resources: [cm.yaml]\n')
    appendFileSync(join(overlays, 'broken/kustomization.yaml'), '- nonsense\n')
    appendFileSync(
      join(overlays, 'changed/cm.yaml'),
      '---\n{apiVersion: v1, kind: Namespace, metadata: {name: n}}\n',
    )
    const { status, stdout } = await review(top, 'main')
    interface Reviewed {
      readonly overlay: string
      readonly change: string
      readonly fault?: string
      readonly faultBefore?: string
    }
    const found = JSON.parse(stdout) as {
      readonly overlays: readonly Reviewed[]
      readonly report: {
        readonly comparisons: readonly { readonly title: string; readonly counts?: object }[]
      }
    }
    const broken = expect.stringMatching(/kustomization\.yaml/u)
    const error = expect.objectContaining({ file: broken })
    expect(found.overlays).toEqual([
      expect.objectContaining({ overlay: 'broken', change: 'changed', error }),
      expect.objectContaining({ overlay: 'changed', change: 'changed' }),
      expect.objectContaining({ overlay: 'gone', change: 'removed' }),
      expect.objectContaining({ overlay: 'mended', change: 'changed', errorBefore: error }),
      expect.objectContaining({ overlay: 'new', change: 'added' }),
    ])
    expect(found.report.comparisons).toEqual([
      expect.objectContaining({ title: 'broken', problem: broken, error }),
      expect.objectContaining({
        title: 'changed',
        counts: expect.objectContaining({ added: 1, unchanged: 1 }),
      }),
      expect.objectContaining({ title: 'gone (removed)', counts: expect.objectContaining({ removed: 1 }) }),
      expect.objectContaining({ title: 'mended', problem: broken, error }),
      expect.objectContaining({ title: 'new (added)', counts: expect.objectContaining({ added: 1 }) }),
    ])
    expect(status).toBe(2)
  },
  120_000,
)

test.skipIf(missing)(
  `a shallow clone: the error has the command that fetches the base, and then the review works${skipReason('kustomize')}`,
  async () => {
    const top = lay('changed', 'same')
    const first = git(top, 'rev-parse', 'HEAD').trim()
    git(top, 'checkout', '--quiet', '-b', 'topic')
    appendFileSync(join(top, 'overlays/changed/cm.yaml'), '  # more\n')
    git(top, 'commit', '--quiet', '--all', '--message=topic')
    git(top, 'checkout', '--quiet', 'main')
    appendFileSync(join(top, 'overlays/same/cm.yaml'), '  # theirs\n')
    git(top, 'commit', '--quiet', '--all', '--message=theirs')
    const clone = join(dirname(top), 'clone')
    git(dirname(top), 'clone', '--quiet', '--depth=1', '--branch=topic', pathToFileURL(top).href, clone)

    const hintOf = async (base: string): Promise<string> => {
      const { status, stdout } = await review(clone, base)
      expect(status).toBe(2)
      return (JSON.parse(stdout) as { readonly error: { readonly hint: string } }).error.hint
    }
    expect(await hintOf('HEAD~1')).toMatch(/this clone is shallow: .*git fetch --unshallow$/u)
    expect(await hintOf(first)).toMatch(new RegExp(`git fetch origin ${first}$`, 'u'))
    const hint = await hintOf('origin/main')
    const fetch = /: (git fetch \S+ \S+)$/u.exec(hint)?.[1] ?? ''
    git(clone, ...fetch.split(' ').slice(1), '--depth=1')
    expect(await hintOf('origin/main')).toMatch(/this clone is shallow: .*git fetch --unshallow$/u)
    git(clone, 'fetch', '--quiet', '--unshallow')
    const { status, stdout } = await review(clone, 'origin/main')
    expect(JSON.parse(stdout)).toMatchObject({ commit: first, overlays: [{ overlay: 'changed' }] })
    expect(status).toBe(0)
  },
  120_000,
)

test('a clone of one branch: the command in the error fetches a base of any form', async () => {
  const top = lay()
  writeFileSync(join(top, 'overlay-render.yaml'), 'version: 1\noverlays: [{path: plain, kind: folder}]\n')
  write(join(top, 'plain/1.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n')
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=a folder')
  git(top, 'checkout', '--quiet', '-b', 'topic')
  git(top, 'commit', '--quiet', '--allow-empty', '--message=topic')
  git(top, 'checkout', '--quiet', '-b', 'other/v1.0', 'main')
  git(top, 'commit', '--quiet', '--allow-empty', '--message=other')
  const commit = git(top, 'rev-parse', 'HEAD').trim()
  git(top, 'tag', 'v1')
  for (const base of ['main', 'origin/main', 'other/v1.0', 'v1', commit]) {
    const clone = join(dirname(top), 'clone')
    git(
      dirname(top),
      'clone',
      '--quiet',
      '--single-branch',
      '--no-tags',
      '--branch=topic',
      pathToFileURL(top).href,
      clone,
    )
    const missing = await runCommand(['-C', clone, 'review', '--base', base])
    expect(missing.status).toBe(2)
    const fetch = /fetch it: git (fetch \S+ \S+)$/mu.exec(missing.stderr)?.[1] ?? ''
    git(clone, ...fetch.split(' '))
    const { status } = await review(clone, base)
    expect(status).toBe(0)
    rmSync(clone, { recursive: true })
  }
}, 120_000)

test('a branch without commits is named in the error', async () => {
  const top = lay()
  git(top, 'checkout', '--quiet', '--orphan', 'topic')
  for (const base of ['main', 'HEAD']) {
    const { status, stdout } = await review(top, base)
    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: expect.stringMatching(/^HEAD has no commit yet/u) },
    })
    expect(status).toBe(2)
  }
}, 120_000)

test('an error at a revision names its commit', async () => {
  const top = lay('changed', 'same')
  const file = join(top, 'overlay-render.yaml')
  const right = existsSync(file) ? readFileSync(file, 'utf8') : 'version: 1\n'
  writeFileSync(file, 'version: 1\nconfgis: {}\n')
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=a typo')
  const commit = git(top, 'rev-parse', 'HEAD').trim().slice(0, 12)
  writeFileSync(file, right)
  const { status, stderr } = await runCommand(['-C', top, 'diff', 'HEAD:same', 'same'])
  expect(stderr).toContain(`error: ${commit}:overlay-render.yaml:2:1: `)
  expect(status).toBe(2)
  // The change may be the fix.
  for (const command of ['affected', 'review']) {
    const other = await runCommand(['-C', top, command, '--base', 'HEAD'])
    expect(other.stdout).toContain('The base has no valid overlay-render.yaml')
    expect(other.status).toBe(0)
  }
})

test('settings and patterns for overlays that the base lacks do not stop the review', async () => {
  const top = lay()
  const config = join(top, 'overlay-render.yaml')
  const overlay = (path: string): void =>
    write(join(top, path, 'object.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n')
  overlay('plain/old')
  rmSync(config)
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=before the tool')
  overlay('plain/new')
  overlay('more/other')
  const patterns = 'overlays: [{path: plain/*, kind: folder}, {path: more/*, kind: folder}]'
  write(config, `version: 1\nsecrets: stub\n${patterns}\nsettings: {new: {values: {a: b}}}\n`)
  const expectBorrowed = async (): Promise<void> => {
    const { status, stdout } = await review(top, 'main')
    expect(JSON.parse(stdout)).toMatchObject({
      borrowsConfiguration: true,
      overlays: [
        { overlay: 'new', change: 'added' },
        { overlay: 'other', change: 'added' },
      ],
      unaffected: ['old'],
    })
    expect(status).toBe(0)
  }
  await expectBorrowed()

  // The same when only the configuration was committed.
  git(top, 'add', 'overlay-render.yaml')
  git(top, 'commit', '--quiet', '--message=the configuration alone')
  await expectBorrowed()
  // Such a configuration is refused in the work tree.
  rmSync(join(top, 'plain/new'), { recursive: true })
  const { status, stderr } = await runCommand(['-C', top, 'review', '--base', 'main'])
  expect(stderr).toMatch(/overlay-render\.yaml:4:\d+: there is no overlay new/u)
  expect(status).toBe(2)
}, 120_000)

test('two resources with one identity are a finding, and the review still compares them', async () => {
  const top = lay()
  const file = (name: string): string => join(top, 'plain', name)
  const role = (resource: string): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: sinker, namespace: prow}\nrules: [{apiGroups: [""], resources: [${resource}], verbs: [get]}]\n`
  write(
    join(top, 'overlay-render.yaml'),
    'version: 1\nsecrets: stub\noverlays: [{path: plain, kind: folder}]\n',
  )
  write(file('1.yaml'), role('pods'))
  write(file('2.yaml'), role('pods'))
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message=the same twice')

  const found = async (): Promise<unknown> => {
    const { status, stdout } = await review(top, 'main')
    const { overlays, report } = JSON.parse(stdout) as {
      readonly overlays: readonly { readonly findings: readonly { readonly message: string }[] }[]
      readonly report: {
        readonly comparisons: readonly { readonly counts?: object; readonly problem?: string }[]
      }
    }
    return {
      status,
      messages: overlays.flatMap(({ findings }) => findings.map(({ message }) => message)),
      compared: report.comparisons.every(
        ({ counts, problem }) => counts !== undefined && problem === undefined,
      ),
    }
  }
  const name = 'Role prow/sinker (rbac.authorization.k8s.io/v1)'
  appendFileSync(file('1.yaml'), '# the same as before\n')
  expect(await found()).toEqual({ status: 0, messages: [], compared: true })
  write(
    file('3.yaml'),
    `${role('pods').replace('sinker', 'other')}---\n${role('secrets').replace('sinker', 'other')}`,
  )
  expect(await found()).toEqual({
    status: 1,
    messages: [
      `${name.replace('sinker', 'other')} is defined twice: the second differs in rules[resources=secrets].resources[0]`,
    ],
    compared: true,
  })
  rmSync(file('3.yaml'))
  rmSync(file('2.yaml'))
  expect(await found()).toEqual({ status: 0, messages: [], compared: true })
}, 120_000)
