import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { about, FINDING_FORMATS, type ManifestCheck, type Rule } from '@overlay-render/check'
import { openWorkspace } from '@overlay-render/render'
import { makeTemporaryFolder, type TemporaryFolder, writeAtomically } from '@overlay-render/system'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { straceSkip } from '../hostile/support/trace-command.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { skipReason } from '../support/needs.ts'

// `check` as users and pipelines run it.

let folder: TemporaryFolder

beforeEach(async () => {
  folder = await makeTemporaryFolder('check')
})
afterEach(() => folder.dispose())

const SETTINGS = 'version: 1\nkustomize: {version: 4.5.4}\n'
const PLAIN = `${SETTINGS}overlays: [{path: plain, kind: folder}]\n`

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files))
    writeAtomically(join(folder.path, name), text, { guarded: [] })
}

function configMap(name: string, rest = ''): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: prow}\n${rest}---\n`
}

/** A manifest with an error of the rule `schema` in line 4. */
const BAD = configMap('bad', 'dta: {a: b}\n')

/** An expression that would run for years. */
function endless(): string {
  const names = [...'abcdefghijkl']
  return `[1,2,3,4,5,6,7,8,9] | [${names.map((name) => `.[] as $${name} | `).join('')}1] | length > 0`
}

async function check(...args: readonly string[]): Promise<CommandResult> {
  return runCommand(['-C', folder.path, 'check', ...args])
}

function git(...args: readonly string[]): void {
  const own = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main']
  execFileSync('git', [...own, ...args], { cwd: folder.path, stdio: 'ignore' })
}

const skipped = skipReason('kustomize')
describe.skipIf(skipped !== '')(`check${skipped}`, () => {
  test('without git has the same findings, and --base is an error with a hint', async () => {
    lay({ 'overlay-render.yaml': PLAIN, 'plain/a.yaml': BAD })
    const plain = await check()
    expect(plain.status).toBe(1)
    expect(plain.stdout).toMatch(
      /^plain\/a\.yaml:4:1: error: .* unknown field dta \[schema\]\n {2}hint: did you mean data\?\n$/u,
    )
    const based = await check('--base', 'main')
    expect(based).toMatchObject({ status: 2, stdout: '' })
    expect(based.stderr).toMatch(/not in a git work tree\n {2}hint: run this in a git clone/u)
  })

  test('--base reports only new findings, and in a shallow clone the command that fetches the base', async () => {
    lay({ 'overlay-render.yaml': PLAIN, 'plain/a.yaml': BAD })
    git('init')
    git('add', '.')
    git('commit', '-m', 'one')
    lay({ 'plain/a.yaml': `# moved\n${BAD}${configMap('new', 'spec: 1\n')}` })
    git('commit', '-a', '-m', 'two')
    const result = await check('--base', 'HEAD~1')
    expect(result.stdout).toMatch(/^plain\/a\.yaml:10:1: .*ConfigMap prow\/new .*unknown field spec/u)
    expect(result.stdout).not.toContain('dta')
    git('clone', '--depth', '1', `file://${folder.path}`, 'clone')
    const shallow = await runCommand(['-C', join(folder.path, 'clone'), 'check', '--base', 'HEAD~1'])
    expect(shallow).toMatchObject({ status: 2, stdout: '' })
    expect(shallow.stderr).toContain('git fetch --unshallow')
  })

  test('exits with 1 for an error, and with --strict for a warning; settings change severities by rule and path', async () => {
    const rules = (text: string): void => lay({ 'overlay-render.yaml': `${PLAIN}rules: ${text}\n` })
    lay({ 'plain/a.yaml': BAD })
    rules('[{rule: schema, severity: warning}]')
    expect((await check()).status).toBe(0)
    const strict = await check('--strict')
    expect(strict.status).toBe(1)
    expect(strict.stdout).toMatch(/: warning: .*\[schema\]/u)
    rules('[{rule: schema, severity: off, path: plain/b}]')
    expect((await check('--quiet')).status).toBe(1)
    rules('[{rule: schema, severity: off, path: plain}]')
    expect(await check('--strict', '--quiet')).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  test('after --write-baseline, only new findings are reported', async () => {
    lay({ 'overlay-render.yaml': PLAIN, 'plain/a.yaml': BAD })
    expect((await check('--write-baseline')).status).toBe(0)
    expect(readFileSync(join(folder.path, 'overlay-render.baseline'), 'utf8')).toContain('"schema"')
    expect(await check('--strict', '--quiet')).toMatchObject({ status: 0, stdout: '' })
    lay({ 'plain/a.yaml': `# a line above\n${BAD}${configMap('new', 'dta: {}\n')}` })
    const later = await check()
    expect(later.status).toBe(1)
    expect(later.stdout.match(/\[schema\]/gu)).toHaveLength(1)
    expect(later.stdout).toContain('prow/new')
  })

  test.each([
    ['rules: [{rule: shcema, severity: off}]', /3:10|4:10/u, /did you mean schema\?/u],
    [
      'assert: [{name: a, over: manifests, where: ".kind[", expression: "true", message: x}]',
      /no matching/u,
      /assertion a/u,
    ],
    [
      'assert: [{name: a, over: manifests, expression: ".metadata", message: x}]',
      /must return true or false/u,
      /true or false/u,
    ],
    [
      'assert: [{name: a, over: manifests, expression: "load(\\"x\\")", message: x}]',
      /assertion a/u,
      /load/u,
    ],
    [
      // Each variable multiplies the number of results by nine.
      `assert: [{name: a, over: manifests, expression: '${endless()}', message: x}]`,
      /assertion a cannot be evaluated: this would make more than/u,
      /overlay-render\.yaml:\d+:\d+/u,
    ],
  ])('%s is an error with its position', async (setting, says, hints) => {
    lay({ 'overlay-render.yaml': `${PLAIN}${setting}\n`, 'plain/a.yaml': BAD })
    const { status, stdout, stderr } = await check()
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
    expect(stderr).toMatch(hints)
    expect(stderr).not.toMatch(/\n\s+at /u)
  })

  test('a failed assertion has the line of its node', async () => {
    const setting =
      'assert: [{name: a, over: manifests, where: .data.port, expression: ". == 80", message: it is not 80.}]'
    lay({
      'overlay-render.yaml': `${PLAIN}${setting}\n`,
      'plain/a.yaml': configMap('a', 'data:\n  port: "81"\n'),
    })
    const { status, stdout } = await check()
    expect([status, stdout]).toEqual([
      1,
      'plain/a.yaml:5:3: error: ConfigMap prow/a at data.port: it is not 80 [assert/a]\n',
    ])
  })

  test('an overlay that does not build is one finding, and its patch scripts are still checked', async () => {
    lay({
      'overlay-render.yaml': SETTINGS + 'configs: {base: files, files: [config/config.yaml]}\n',
      'files/config.yaml': 'plank: {job_url_prefix: x}\n',
      'overlays/a/kustomization.yaml': 'resources: [missing.yaml, other.yaml]\n',
      'overlays/a/yq_scripts/config.yaml': '.plonk.tide.sync = "1m"\n',
    })
    const { findings } = JSON.parse((await check('--format', 'json')).stdout)
    const rules = findings.map(({ rule, file }: { rule: string; file: string }) => `${rule} ${file}`)
    expect(rules.filter((rule: string) => rule.startsWith('not-rendered'))).toEqual([
      'not-rendered overlays/a/kustomization.yaml',
    ])
    expect(rules).toContain('stale-path overlays/a/yq_scripts/config.yaml')
  })

  test('an overlay without a kustomization: the position is that of the missing file', async () => {
    lay({
      'overlay-render.yaml': SETTINGS,
      'overlays/a/kustomization.yaml': 'resources: []\n',
      'overlays/b/resources/a.yaml': configMap('a', 'data: {}\n'),
    })
    expect((await check()).stdout).toContain(
      'overlays/b/kustomization.yaml:1:1: error: the overlay b cannot be rendered: overlays/b has no kustomization.yaml',
    )
  })

  test.each(FINDING_FORMATS)('%s: no finding shows a value of a Secret', async (format) => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n'
    lay({
      'overlay-render.yaml': PLAIN,
      'plain/a.yaml': `${secret}data: {a: "hunter2 !", b: [hunter2]}\nstringData: {c: 20772077, d: {e: hunter2}}\ntype: {hunter2: 1}\n`,
    })
    const { status, stdout, stderr } = await check('--format', format, '--verbose')
    expect(status).toBe(1)
    expect(stdout).toContain('stringData')
    expect(`${stdout}${stderr}`).not.toMatch(/hunter2 !|20772077|\[hunter2/u)
  })

  test('10,000 findings: text is limited and counts the others, json has all', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => configMap(`m${index}`, 'dta: {}\n')).join('')
    lay({ 'overlay-render.yaml': PLAIN, 'plain/a.yaml': many })
    const text = await check()
    expect(text.status).toBe(1)
    expect(text.stdout.length).toBeLessThan(200_000)
    expect(text.stdout).toMatch(/and 9\d{3} more: .*of schema/u)
    expect(JSON.parse((await check('--format', 'json')).stdout).findings.length).toBeGreaterThanOrEqual(
      10_000,
    )
  })

  test('a rule of another package runs through the same interface, with the same settings', async () => {
    lay({
      'overlay-render.yaml': `${PLAIN}rules: [{rule: team-label, severity: warning}]\n`,
      'plain/a.yaml': BAD,
    })
    const rule: Rule<ManifestCheck> = {
      name: 'team-label',
      severity: 'error',
      doc: 'An object has no label of a team.',
      check: (input) =>
        input.resources.map((resource) =>
          about(input, resource, { rule: 'team-label', severity: 'error', message: 'no team' }),
        ),
      examples: { fires: [], silent: [] },
    }
    const workspace = await openWorkspace(folder.path)
    const found = await workspace.check(['plain'], { rules: { manifests: [rule] } })
    expect(found.map(({ rule: name, severity }) => [name, severity]).sort()).toEqual([
      ['schema', 'error'],
      ['team-label', 'warning'],
    ])
  })

  const untraced = straceSkip()
  test.skipIf(untraced !== '')(
    `rules about builds need one more build, not one for each patch${untraced}`,
    async () => {
      const target = '{kind: ConfigMap}'
      const patch = `'[{"op": "add", "path": "/data", "value": {}}]'`
      lay({
        'overlay-render.yaml': SETTINGS,
        'overlays/a/a.yaml': configMap('a'),
        'overlays/a/kustomization.yaml': `resources: [a.yaml]\npatches:\n${`- {target: ${target}, patch: ${patch}}\n`.repeat(20)}`,
      })
      const log = join(folder.path, 'trace')
      await runCommand(['-C', folder.path, 'check', '--quiet'], {
        through: ['strace', '-f', '-qq', '-e', 'trace=execve', '-o', log],
      })
      const builds = readFileSync(log, 'utf8').match(/execve\("[^"]*kustomize[^"]*", \["[^\]]*"build"/gu)
      expect(builds).toHaveLength(2)
    },
  )
})
