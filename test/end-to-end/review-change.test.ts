import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// The presubmit: affected --base and review --base, on a clone of the demo with one commit.

let tree: TemporaryFolder
let kustom: string

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: tree.path,
    encoding: 'utf8',
  })

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=base')
})
afterEach(() => tree.dispose())

const at = (path: string): string => join(kustom, path)
const run = async (...args: string[]): Promise<CommandResult> => runCommand([...args, '-C', kustom])
const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1)
const changeContainer = (): void => {
  const file = at('overlays/workloads/resources/image-puller.yaml')
  // A different image would leave the kustomization's entry for this image without effect, which is a finding.
  const changed = readFileSync(file, 'utf8').replace(
    /^( *)(- )?(image: \S+)$/m,
    (_, indent: string, dash = '', image: string) =>
      `${indent}${dash}${image}\n${indent}${dash === '' ? '' : '  '}workingDir: registry.example/changed:1`,
  )
  writeFileSync(file, changed)
}

describe('affected', () => {
  test('names the overlays that a change affects, the file, and the line that names it', async () => {
    changeContainer()
    const { status, stdout } = await run('affected', '--base', 'main')
    expect(stdout).toMatch(
      /^workloads +changed +overlays\/workloads\/resources\/image-puller\.yaml changed \(overlays\/workloads\/kustomization\.yaml:\d+:\d+\)$/m,
    )
    expect(stdout).not.toMatch(/^(?:testing|control-plane) /m)
    expect(lastLine(stdout)).toMatch(/^The change since main \([0-9a-f]{7}\) can affect 1 of 3 overlays\.$/)
    expect(status).toBe(0)
  })

  test('files that no overlay reads affect nothing', async () => {
    writeFileSync(join(tree.path, 'README.md'), 'hello\n')
    mkdirSync(at('notes'))
    writeFileSync(at('notes/a.yaml'), 'a: b\n')
    const { stdout } = await run('affected', '--base', 'main', '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      affected: [],
      unaffected: ['control-plane', 'testing', 'workloads'],
    })
  })

  test('a file added to a folder that an overlay uses affects that overlay', async () => {
    writeFileSync(
      at('overlays/control-plane/resources/extra.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n',
    )
    const { affected } = JSON.parse((await run('affected', '--base', 'main', '--json')).stdout) as {
      affected: { overlay: string; reasons: { kind: string }[] }[]
    }
    const testing = affected.find(({ overlay }) => overlay === 'testing')
    expect(testing?.reasons.map(({ kind }) => kind)).toContain('listing')
  })

  test('a second kustomization file of another name affects the overlay', async () => {
    writeFileSync(at('overlays/workloads/kustomization.yml'), 'resources: []\n')
    const { stdout } = await run('affected', '--base', 'main')
    expect(stdout).toMatch(/^workloads +changed/m)
  })

  test('a new pin affects all overlays, a setting of one overlay only that one', async () => {
    const file = at('overlay-render.yaml')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('version: 4.5.4', 'version: 5.8.1'))
    expect((await run('affected', '--base', 'main')).stdout).toMatch(/can affect 3 of 3/)
    writeFileSync(file, `# a comment\n${text.replace('ada@harborlight.example', 'eve@harborlight.example')}`)
    const { stdout } = await run('affected', '--base', 'main')
    expect(stdout).toMatch(/^control-plane +changed +its settings in overlay-render\.yaml changed/m)
    expect(stdout).not.toMatch(/^workloads/m)
  })

  test('lists overlays that were added or removed', async () => {
    cpSync(at('overlays/workloads'), at('overlays/more'), { recursive: true })
    rmSync(at('overlays/workloads'), { recursive: true })
    const file = at('overlay-render.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {2}workloads:(?:\n {4}.*)*/m, ''))
    const { stdout } = await run('affected', '--base', 'main')
    expect(stdout).toMatch(/^more +added$/m)
    expect(stdout).toMatch(/^workloads +removed$/m)
  })

  test.each([
    [
      'no-such-branch',
      'git knows no revision no-such-branch',
      'git fetch origin no-such-branch:no-such-branch',
    ],
    ['', 'the revision is empty', 'may not be set'],
    ['^main', 'git knows no revision ^main', 'check the name'],
    ['main..main', 'git knows no revision main..main', 'check the name'],
    ['--output=x', 'git knows no revision --output=x', 'check the name'],
    [':/no such text', 'git knows no revision :/no such text', 'check the name'],
    [':prow-deploy/kustom/overlay-render.yaml', 'git knows no revision :prow-deploy', 'check the name'],
  ])('a base that does not exist: %s', async (base, message, hint) => {
    const { status, stderr } = await run('affected', `--base=${base}`)
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(status).toBe(2)
  })

  test.each(['HEAD', ':/base', 'HEAD^{/ba.e}', 'main@{0}'])(
    'a base can be written as git does: %s',
    async (base) => {
      const { status, stdout } = await run('affected', `--base=${base}`)
      expect(stdout).toContain(git('rev-parse', 'HEAD').slice(0, 7))
      expect(status).toBe(0)
    },
  )
})

describe('review', () => {
  test.each([
    ['html', 'html'],
    ['part', 'junit'],
    ['markdown', 'part'],
  ])('a %s and a %s report cannot be in one file', async (a, b) => {
    const { status, stderr } = await run(
      'review',
      '--base',
      'main',
      '--report',
      `${a}=r`,
      '--report',
      `${b}=./r`,
    )
    expect(stderr).toContain('two reports cannot be in one file, ./r')
    expect(status).toBe(2)
  })

  test('without a change passes, and says so in its last line', async () => {
    const { status, stdout } = await run('review', '--base', 'main')
    expect(stdout).toContain('can affect 0 of 3 overlays')
    expect(lastLine(stdout)).toBe('There are no new findings.')
    expect(status).toBe(0)
  })

  test('does not mention goldens in a workspace without them', async () => {
    rmSync(at('golden'), { recursive: true })
    git('add', '--all')
    git('commit', '--quiet', '--message=no goldens')
    changeContainer()
    const { status, stdout } = await run('review', '--base', 'HEAD')
    expect(lastLine(stdout)).toMatch(
      /There are no goldens yet: overlay-render -C \S+ golden update makes them\.$/,
    )
    expect(status).toBe(0)
  })

  test('shows what changes, and fails for a golden that was not updated', async () => {
    changeContainer()
    const reports = ['html', 'markdown', 'junit'].map(
      (format) => `${format}=${join(tree.path, `report.${format}`)}`,
    )
    const args = reports.flatMap((report) => ['--report', report])
    const { status, stdout } = await run('review', '--base', 'main', ...args)
    expect(stdout).toMatch(/registry\.example\/changed:1/)
    expect(lastLine(stdout)).toMatch(/^To accept: overlay-render -C \S+ golden update workloads$/)
    expect(status).toBe(1)
    for (const format of ['html', 'markdown', 'junit']) {
      const text = readFileSync(join(tree.path, `report.${format}`), 'utf8')
      // Tags mark the changes within a line.
      expect(format === 'html' ? text.replaceAll(/<[^>]*>/gu, '') : text).toContain(
        'registry.example/changed:1',
      )
    }
    await run('golden', 'update', 'workloads')
    const accepted = await run('review', '--base', 'main', ...args)
    expect(accepted.stdout).toMatch(/registry\.example\/changed:1/)
    expect(lastLine(accepted.stdout)).toBe('Goldens match, and there are no new findings.')
    expect(accepted.status).toBe(0)
    expect(readFileSync(join(tree.path, 'report.junit'), 'utf8')).not.toContain('<failure')
  })

  test('compares with the merge base, not with what others merged in the meantime', async () => {
    git('checkout', '--quiet', '-b', 'mine')
    git('checkout', '--quiet', 'main')
    changeContainer()
    git('commit', '--quiet', '--all', '--message=theirs')
    git('checkout', '--quiet', 'mine')
    expect((await run('review', '--base', 'main')).stdout).toContain('can affect 0 of 3 overlays')
  })

  test('reviews the other overlays when one does not build any more', async () => {
    changeContainer()
    appendFileSync(at('overlays/testing/yq_scripts/config.yaml'), '\n| ] nonsense\n')
    const { status, stdout, stderr } = await run('review', '--base', 'main')
    expect(stdout).toMatch(/registry\.example\/changed:1/)
    expect(stderr).toContain('overlays/testing/yq_scripts/config.yaml')
    expect(status).toBe(2)
  })

  test('an overlay that does not render at the base is reported, and is no failure', async () => {
    appendFileSync(at('overlays/workloads/kustomization.yaml'), '\nresource: [x]\n')
    git('commit', '--quiet', '--all', '--message=broken')
    git('checkout', '--quiet', '-b', 'mend')
    const file = at('overlays/workloads/kustomization.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('\nresource: [x]\n', ''))
    const { status, stdout } = await run('review', '--base', 'main')
    expect(stdout).toMatch(/^workloads: it could not be rendered before the change: .*resource/m)
    expect(status).toBe(0)
  })

  test('the change that adopts the tool is reviewed with its own configuration', async () => {
    git(
      'rm',
      '--quiet',
      '--cached',
      '-r',
      'prow-deploy/kustom/overlay-render.yaml',
      'prow-deploy/kustom/golden',
    )
    git('commit', '--quiet', '--message=before the tool')
    git('checkout', '--quiet', '-b', 'adopt')
    git('add', '--all')
    const { status, stdout } = await run('review', '--base', 'main')
    expect(stdout).toContain('The base has no valid overlay-render.yaml')
    expect(status).toBe(0)
  })

  test('a change that corrects the configuration is reviewed with the new one', async () => {
    const file = at('overlay-render.yaml')
    const valid = readFileSync(file, 'utf8')
    writeFileSync(file, `${valid}\nkustomise: {}\n`)
    git('commit', '--all', '--quiet', '--message=a configuration that is not valid')
    git('checkout', '--quiet', '-b', 'mend')
    expect((await run('review', '--base', 'main')).status).toBe(2)
    writeFileSync(file, valid)
    const { status, stdout } = await run('review', '--base', 'main')
    expect(stdout).toContain('The base has no valid overlay-render.yaml')
    expect(status).toBe(0)
  })

  test('the shards of a review cover each overlay once', async () => {
    const file = at('overlay-render.yaml')
    // A shared setting affects every overlay; this one changes no output.
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('version: 4.5.4', 'version: 4.5.4\n  network: true'),
    )
    const parts = await Promise.all(
      ['1/2', '2/2'].map(async (shard) => {
        const { stdout } = await run('review', '--base', 'main', '--shard', shard, '--json')
        return (JSON.parse(stdout) as { overlays: { overlay: string }[] }).overlays.map(
          ({ overlay }) => overlay,
        )
      }),
    )
    expect(parts.flat().sort()).toEqual(['control-plane', 'testing', 'workloads'])
    expect((await run('review', '--base', 'main', '--shard', '3/2')).status).toBe(2)
  })

  test('leaves the repository and the work tree unchanged', async () => {
    changeContainer()
    const before = git('status', '--porcelain')
    await run('review', '--base', 'main')
    expect(git('status', '--porcelain')).toBe(before)
    expect(existsSync(at('rendered'))).toBe(false)
  })
})
