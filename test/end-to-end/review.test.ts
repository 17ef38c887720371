import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// The commands of a reviewer: golden check, golden update, diff of overlays, revisions, goldens and files, watch.

let tree: TemporaryFolder
let kustom: string

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  // Someone may have rendered the demo in place.
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
})
afterEach(() => tree.dispose())

const at = (path: string): string => join(kustom, path)
const run = async (...args: string[]): Promise<CommandResult> => runCommand(args, { cwd: kustom })
const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1)
const changeImage = (): void => {
  const file = at('overlays/workloads/resources/image-puller.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/image: \S+/, 'image: registry.example/changed:1'))
}

test('goldens that match pass', async () => {
  const { status, stdout } = await run('golden', 'check')
  expect(lastLine(stdout)).toBe('All 3 goldens match.')
  expect(status).toBe(0)
})

test('a difference is shown by resource and path, and the last line has the command that accepts it', async () => {
  changeImage()
  const check = await run('golden', 'check')
  expect(check.stdout).toMatch(/DaemonSet/)
  expect(check.stdout).toMatch(/registry\.example\/changed:1/)
  expect(lastLine(check.stdout)).toBe('To accept: overlay-render golden update workloads')
  expect(check.stdout.match(/To accept/g)).toHaveLength(1)
  expect(check.status).toBe(1)

  const before = statSync(at('golden/testing.yaml')).mtimeMs
  const update = await run('golden', 'update', 'workloads')
  expect(update.stdout).toMatch(/^workloads: 1 written$/m)
  expect(update.status).toBe(0)
  expect(statSync(at('golden/testing.yaml')).mtimeMs).toBe(before)
  expect((await run('golden', 'check')).status).toBe(0)
})

test('an overlay without a golden is a difference', async () => {
  rmSync(at('golden/workloads.yaml'))
  const { status, stdout } = await run('golden', 'check', 'workloads')
  expect(stdout).toMatch(/^No golden yet: workloads\.$/m)
  expect(status).toBe(1)
})

test('the golden of a removed overlay is reported, and update removes it', async () => {
  writeFileSync(at('golden/gone.yaml'), readFileSync(at('golden/workloads.yaml')))
  const check = await run('golden', 'check')
  expect(check.stdout).toMatch(/^A golden without an overlay: gone\.$/m)
  expect(lastLine(check.stdout)).toBe('To accept: overlay-render golden update gone')
  expect(check.status).toBe(1)
  expect((await run('golden', 'update')).stdout).toMatch(/^A golden without an overlay: gone\. To remove it/m)
  expect(existsSync(at('golden/gone.yaml'))).toBe(true)
  expect((await run('golden', 'update', 'gone')).stdout).toMatch(/^gone: 1 removed$/m)
  expect(existsSync(at('golden/gone.yaml'))).toBe(false)
  writeFileSync(at('golden/gone.yaml'), readFileSync(at('golden/workloads.yaml')))
  expect((await run('golden', 'update', '--prune')).stdout).toMatch(/^gone: 1 removed$/m)
})

test('a renamed overlay: one command accepts its new name and its old one', async () => {
  renameSync(at('overlays/workloads'), at('overlays/workers'))
  const config = readFileSync(at('overlay-render.yaml'), 'utf8')
  writeFileSync(at('overlay-render.yaml'), config.replaceAll('workloads', 'workers'))
  const check = await run('golden', 'check')
  expect(lastLine(check.stdout)).toBe('To accept: overlay-render golden update workers workloads')
  const update = await run('golden', 'update', 'workers', 'workloads')
  expect(update.stdout).toMatch(/^workers: 1 written$/m)
  expect(update.stdout).toMatch(/^workloads: 1 removed$/m)
  expect((await run('golden', 'check')).status).toBe(0)
})

test('the command that accepts, and the patch, work in the current folder', async () => {
  changeImage()
  execFileSync('git', ['init', '--quiet'], { cwd: tree.path })
  const elsewhere = { cwd: tree.path }
  const args = ['-C', 'prow-deploy/kustom', 'golden', 'check', '--report', 'patch=golden.patch']
  const check = await runCommand(args, elsewhere)
  expect(lastLine(check.stdout)).toBe(
    'To accept: overlay-render -C prow-deploy/kustom golden update workloads',
  )
  execFileSync('git', ['apply', 'golden.patch'], { cwd: tree.path })
  expect((await runCommand(['-C', 'prow-deploy/kustom', 'golden', 'check'], elsewhere)).status).toBe(0)
})

test('reports are written in addition to the output', async () => {
  changeImage()
  const { status } = await run(
    'golden',
    'check',
    'workloads',
    '--report',
    'junit=out/junit.xml',
    '--report',
    'html=out/report.html',
  )
  expect(status).toBe(1)
  expect(readFileSync(at('out/junit.xml'), 'utf8')).toMatch(/<failure/)
  expect(readFileSync(at('out/report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
})

test.each([
  ['an unknown format', ['--report', 'htlm=x'], /"htlm" is not a report format/],
  ['a report without a file', ['--report', 'html'], /--report takes FORMAT=FILE/],
  [
    'a report that cannot be written',
    ['--report', 'html=overlay-render.yaml/x'],
    /cannot write overlay-render\.yaml\/x/,
  ],
])('%s is an error of the input', async (_name, flags, says) => {
  const { status, stderr } = await run('golden', 'check', 'workloads', ...flags)
  expect(stderr).toMatch(says)
  expect(status).toBe(2)
})

test.each([
  ['is no YAML', (path: string) => writeFileSync(path, 'a: [\n'), /golden\/workloads\.yaml/],
  [
    'has conflict markers',
    (path: string) => writeFileSync(path, '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n'),
    /conflict/,
  ],
])('a golden that %s is an error, and update writes it again', async (_name, spoil, says) => {
  spoil(at('golden/workloads.yaml'))
  const { status, stderr } = await run('golden', 'check', 'workloads')
  expect(stderr).toMatch(says)
  expect(status).toBe(2)
  expect((await run('golden', 'update', 'workloads')).status).toBe(0)
  expect((await run('golden', 'check', 'workloads')).status).toBe(0)
})

test('a golden that has each object twice differs, and update writes it again', async () => {
  const path = at('golden/workloads.yaml')
  appendFileSync(path, `---\n${readFileSync(path, 'utf8')}`)
  const { status, stdout } = await run('golden', 'check', 'workloads')
  expect(stdout).toContain('- DaemonSet')
  expect(status).toBe(1)
  expect((await run('golden', 'update', 'workloads')).status).toBe(0)
  expect((await run('golden', 'check', 'workloads')).status).toBe(0)
})

test('two overlays are compared, including embedded configuration files', async () => {
  const { status, stdout } = await run('diff', 'control-plane', 'testing')
  expect(stdout).toMatch(/ConfigMap harborlight-prow\/config/)
  expect(stdout).toMatch(/data\["config\.yaml"\] > \.plank\.job_url_template/)
  expect(status).toBe(1)
})

test('an overlay is compared with its golden and with a file', async () => {
  const golden = await run('diff', 'golden:workloads', 'workloads')
  expect(golden.stdout).toMatch(/are the same: 21 resources/)
  expect(golden.status).toBe(0)
  const file = await run('diff', 'file:golden/workloads.yaml', 'workloads', '--format', 'json')
  expect(JSON.parse(file.stdout)).toMatchObject({ version: expect.anything() })
  expect(file.status).toBe(0)
})

test('an overlay is compared with a git revision, and the work tree is unchanged', async () => {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: tree.path,
      encoding: 'utf8',
    })
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '-m', 'first')
  changeImage()
  const before = git('status', '--porcelain')
  const { status, stdout } = await run('diff', 'HEAD:workloads', 'workloads')
  expect(stdout).toMatch(/registry\.example\/changed:1/)
  expect(status).toBe(1)
  expect(git('status', '--porcelain')).toBe(before)
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)

  const unknown = await run('diff', 'nope:workloads', 'workloads')
  expect(unknown.stderr).toMatch(/git knows no revision nope/)
  expect(unknown.status).toBe(2)
})

test('the files of a revision are read without running programs of git settings', async () => {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: tree.path,
      encoding: 'utf8',
    })
  git('init', '--quiet')
  writeFileSync(join(tree.path, '.gitattributes'), '*.yaml filter=large\n')
  git('add', '--all')
  git('commit', '--quiet', '-m', 'first')
  git('config', 'filter.large.smudge', 'touch filter-ran; cat')
  git('config', 'filter.large.required', 'true')
  writeFileSync(join(tree.path, '.git/hooks/post-index-change'), '#!/bin/sh\ntouch hook-ran\n', {
    mode: 0o755,
  })
  const { status } = await run('diff', 'HEAD:workloads', 'workloads')
  expect(status).toBe(0)
  expect(existsSync(join(tree.path, 'filter-ran'))).toBe(false)
  expect(existsSync(join(tree.path, 'hook-ran'))).toBe(false)
})

test('a repository that git does not trust is reported as such', async () => {
  const programs = join(tree.path, 'programs')
  mkdirSync(programs)
  execFileSync('git', ['init', '--quiet'], { cwd: tree.path })
  const refusal = "fatal: detected dubious ownership in repository at '/workspace'"
  writeFileSync(join(programs, 'git'), `#!/bin/sh\necho "${refusal}" >&2\nexit 128\n`, { mode: 0o755 })
  const env = { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` }
  const { status, stderr } = await runCommand(['diff', 'HEAD:workloads', 'workloads'], { cwd: kustom, env })
  expect(stderr).toMatch(/git does not trust the repository/)
  expect(status).toBe(2)
})

test('a revision outside of git is an error', async () => {
  const { status, stderr } = await run('diff', 'HEAD:workloads', 'workloads')
  expect(stderr).toMatch(/not in a git work tree/)
  expect(status).toBe(2)
})

test('two files are compared without a workspace', async () => {
  writeFileSync(
    join(tree.path, 'a.yaml'),
    'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: NodePort}\n',
  )
  writeFileSync(
    join(tree.path, 'b.yaml'),
    'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ClusterIP}\n',
  )
  const { status, stdout } = await runCommand(['diff', 'a.yaml', 'file:b.yaml'], { cwd: tree.path })
  expect(stdout).toMatch(/NodePort/)
  expect(stdout).toMatch(/ClusterIP/)
  expect(status).toBe(1)
})

test('a missing file is reported as missing', async () => {
  writeFileSync(join(tree.path, 'a.yaml'), '')
  const { status, stderr } = await runCommand(['diff', 'a.yaml', 'b.yaml'], { cwd: tree.path })
  expect(stderr).toMatch(/b\.yaml/)
  expect(stderr).not.toMatch(/workspace/)
  expect(status).toBe(2)
})

test('two files of a workspace are compared by its rules', async () => {
  const config = readFileSync(at('overlay-render.yaml'), 'utf8')
  writeFileSync(
    at('overlay-render.yaml'),
    config.replace(
      'golden: {path: golden, layout: file}',
      'golden: {redact: [{kind: Service, path: $.spec.token}]}',
    ),
  )
  const service = (token: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {token: ${token}}\n`
  writeFileSync(at('a.yaml'), service('CANARY-a'))
  writeFileSync(at('b.yaml'), service('CANARY-b'))
  const { status, stdout } = await run('diff', 'a.yaml', 'b.yaml')
  expect(stdout).toMatch(/\(secret [0-9a-f]{8}\)/)
  expect(stdout).not.toContain('CANARY')
  expect(status).toBe(1)
})

test('a report names the overlays that could not be rendered', async () => {
  writeFileSync(at('overlays/workloads/kustomization.yaml'), 'resorces: []\n')
  const { status } = await run('golden', 'check', '--report', 'junit=junit.xml')
  expect(readFileSync(at('junit.xml'), 'utf8')).toMatch(/workloads[\s\S]*<error[\s\S]*resorces/)
  expect(status).toBe(2)
})

test('a rule with an invalid JSONPath is an error at its position', async () => {
  appendFileSync(at('overlay-render.yaml'), '\n')
  const config = readFileSync(at('overlay-render.yaml'), 'utf8')
  writeFileSync(
    at('overlay-render.yaml'),
    config.replace('golden: {path: golden, layout: file}', 'golden: {ignore: [{path: "$.spec[?("}]}'),
  )
  const { status, stderr } = await run('golden', 'check', 'workloads')
  expect(stderr).toMatch(/overlay-render\.yaml:\d+:\d+/)
  expect(status).toBe(2)
})

test('ignored differences are counted', async () => {
  changeImage()
  const config = readFileSync(at('overlay-render.yaml'), 'utf8')
  writeFileSync(
    at('overlay-render.yaml'),
    config.replace(
      'golden: {path: golden, layout: file}',
      'golden: {ignore: [{kind: DaemonSet, path: "$..image"}]}',
    ),
  )
  const { status, stdout } = await run('golden', 'check', 'workloads')
  expect(stdout).toMatch(/1 ignored difference/)
  expect(status).toBe(0)
})

test('a render shows no secret, in any format', async () => {
  const canary = 'CANARY-7f3a'
  const secret = at('overlays/workloads/secrets')
  const needed = JSON.parse((await run('secrets', 'workloads', '--json')).stdout) as {
    secrets: { path: string }[]
  }
  expect(existsSync(secret)).toBe(false)
  for (const { path } of needed.secrets) {
    mkdirSync(join(at(path), '..'), { recursive: true })
    writeFileSync(at(path), `KEY=${canary}\n`)
  }
  const env = { MIRROR_CA: 'a certificate, which a ConfigMap holds for all to see' }
  const render = await runCommand(['render', 'workloads', '--secrets', 'real', '--verbose', '-C', kustom], {
    env,
  })
  expect(render.status).toBe(0)
  expect(render.stdout + render.stderr).not.toContain(canary)
  expect(statSync(at('rendered/workloads/manifests.yaml')).mode & 0o777).toBe(0o600)
  expect(readFileSync(at('rendered/.gitignore'), 'utf8')).toMatch(/^\*$/m)
  const encoded = Buffer.from(`KEY=${canary}\n`).toString('base64')
  for (const format of ['text', 'json', 'markdown', 'html', 'junit', 'json-patch']) {
    const diff = await run(
      'diff',
      'golden:workloads',
      'file:rendered/workloads/manifests.yaml',
      '--format',
      format,
    )
    expect(diff.status).toBe(1)
    expect(diff.stdout).not.toContain(canary)
    expect(diff.stdout).not.toContain(encoded)
  }
})

test('golden update writes what can be rendered, and names what cannot', async () => {
  writeFileSync(join(kustom, 'overlays/workloads/kustomization.yaml'), 'resources: [nowhere.yaml]\n')
  rmSync(join(kustom, 'golden'), { recursive: true })
  const { status, stdout, stderr } = await run('golden', 'update', 'workloads', 'control-plane')
  expect(stdout).toMatch(/^control-plane: 1 written$/mu)
  expect(lastLine(stderr)).toBe('1 of 2 overlays were updated; these were not: workloads')
  expect(existsSync(join(kustom, 'golden/control-plane.yaml'))).toBe(true)
  expect(status).toBe(2)
})
