import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { skipReason } from '../support/needs.ts'
import { checkconfig, root } from '../support/oracles.ts'

// Reviews of Prow jobs: jobs diff of revisions, folders and overlays, and jobs explain.

let tree: TemporaryFolder
let kustom: string

const JOBS = `presubmits:
  org/repo:
  - name: pull-unit
    always_run: true
    spec:
      containers:
      - image: golang:1.26
        command: [make, test]
`

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  mkdirSync(join(tree.path, 'prow-deploy/files/jobs/org'), { recursive: true })
  writeJobs(JOBS)
  git('init', '--quiet')
  git('add', '.')
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'jobs')
})
afterEach(() => tree.dispose())

const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: tree.path })
const writeJobs = (text: string): void =>
  writeFileSync(join(tree.path, 'prow-deploy/files/jobs/org/repo.yaml'), text)
const run = async (...args: string[]): Promise<CommandResult> => runCommand(args, { cwd: kustom })

test('jobs check --base reports only findings that the revision lacks', async () => {
  const bad = JOBS.replace('command: [make, test]', 'args: 1')
  writeJobs(bad)
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--all', '-m', 'bad')
  expect(await run('jobs', 'check', '--base', 'HEAD')).toMatchObject({ status: 0, stdout: '' })
  writeJobs(`${bad}  - {name: pull-other, always_run: true, spec: {}}\n`)
  const { status, stdout } = await run('jobs', 'check', '--base', 'HEAD')
  expect(status).toBe(1)
  expect(stdout).toContain('pull-other')
  expect(stdout).not.toContain('pull-unit')
})

test('a revision is compared with the work tree', async () => {
  writeJobs(JOBS.replace('1.26', '1.27'))
  const { status, stdout } = await run('jobs', 'diff', 'HEAD', '.', '--report', 'html=report.html')
  expect(stdout).toContain('HEAD → the work tree: 1 of 1 jobs change: 1 changed')
  expect(stdout).toContain('~ golang:1.[-26-]{+27+}')
  expect(status).toBe(1)
  expect(readFileSync(join(kustom, 'report.html'), 'utf8')).toContain('<del>26</del><ins>27</ins>')
})

test('a refactoring changes nothing in effect', async () => {
  writeJobs(JOBS.replace('    always_run', '    agent: kubernetes\n    cluster: default\n    always_run'))
  const { status, stdout } = await run('jobs', 'diff', 'HEAD', '.')
  expect(stdout).toBe(
    'HEAD → the work tree: 0 of 1 jobs change; 1 more is written differently to the same effect\n',
  )
  expect(status).toBe(0)
})

test('a review shows what a change does to jobs, on the screen and in its reports', async () => {
  writeJobs(JOBS.replace('1.26', '1.27'))
  const reports = ['--report', 'html=r.html', '--report', 'markdown=r.md', '--report', 'junit=r.xml']
  const { status, stdout } = await run('review', '--base', 'HEAD', ...reports)
  expect(stdout).toContain('1 of 1 jobs change: 1 changed')
  const [html, markdown, junit] = ['r.html', 'r.md', 'r.xml'].map((name) =>
    readFileSync(join(kustom, name), 'utf8'),
  )
  expect(html).toContain('<h2>Prow jobs <span>1 of 1 jobs change: 1 changed</span></h2>')
  expect(markdown).toContain('~ golang:1.[-26-]{+27+}')
  expect(junit).toContain('failures="0" errors="0"')
  expect(status).toBe(0)
  const second = await run('review', '--base', 'HEAD', '--shard', '2/2', '--report', 'markdown=r.md')
  expect(second.status).toBe(0)
  expect(readFileSync(join(kustom, 'r.md'), 'utf8')).not.toContain('Prow jobs')
})

test("an overlay's own config is used", async () => {
  const { status, stdout, stderr } = await run('jobs', 'diff', '.', 'testing', '--json')
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({ before: '.', after: 'testing' })
  expect([0, 1]).toContain(status)
  const same = await run('jobs', 'diff', 'HEAD:testing', 'testing')
  expect(same.stdout).toContain('0 of 1 jobs change')
})

test('folders need no workspace', async () => {
  const folder = join(tree.path, 'prow-deploy/files/jobs')
  const { status, stdout } = await runCommand(['jobs', 'diff', folder, 'jobs'], { cwd: join(folder, '..') })
  expect(stdout).toContain('0 of 1 jobs change')
  expect(status).toBe(0)
})

test('a job is explained field by field', async () => {
  const { status, stdout } = await run('jobs', 'explain', 'pull-unit', 'spec.containers[0].image')
  expect(stdout.split('\n').slice(1)).toEqual([
    '  spec.containers[0].image: golang:1.26',
    '      from ../files/jobs/org/repo.yaml:7:9',
    '',
  ])
  expect(status).toBe(0)
})

test('an unknown name is an error with a similar one', async () => {
  const job = await run('jobs', 'explain', 'pull-units')
  expect(job.stderr).toContain('did you mean pull-unit?')
  expect(job.status).toBe(2)
  const side = await run('jobs', 'diff', 'no-such-thing', '.')
  expect(side.stderr).toContain('no-such-thing is neither an overlay, a folder nor a git revision')
  expect(side.status).toBe(2)
  expect(existsSync(join(kustom, 'no-such-thing'))).toBe(false)
  const format = await run('jobs', 'diff', '.', '.', '--format', 'xml')
  expect(format.stderr).toContain('text, markdown, html, json')
  expect(format.status).toBe(2)
})

test('kubeconfigs are merged into a private file, and nothing of them is printed', async () => {
  const at = (name: string): string => join(tree.path, name)
  const text = (name: string): string =>
    `kind: Config\nclusters: [{name: ${name}, cluster: {server: s}}]\nusers: [{name: ${name}, user: {token: hunter2}}]\ncontexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]\n`
  writeFileSync(at('a.yaml'), text('a'))
  writeFileSync(at('b.yaml'), text('b'))
  const merged = await run('kubeconfig', 'merge', at('a.yaml'), at('b.yaml'), '--out', at('all.yaml'))
  expect(merged.stdout + merged.stderr).not.toContain('hunter2')
  expect(merged.status).toBe(0)
  expect(statSync(at('all.yaml')).mode & 0o777).toBe(0o600)
  const check = await run('kubeconfig', 'check', at('all.yaml'))
  expect(check.stdout).toContain('the job pull-unit without a cluster would run in the context default')
  expect(check.status).toBe(1)
  const wrong = await run('kubeconfig', 'check', at('prow-deploy/files/config.yaml'))
  expect(wrong.stderr).toContain('is not a kubeconfig')
  expect(wrong.status).toBe(2)
})

test('an inventory lists what the overlays deploy', async () => {
  const { status, stdout } = await run('inventory')
  expect(stdout).toContain('## workloads')
  expect(stdout).toContain('| default | 1 |')
  expect(status).toBe(0)
})

test('findings about jobs have a file, a line and a rule', async () => {
  const clean = await run('jobs', 'check', '--json')
  const { findings }: { findings: { rule: string }[] } = JSON.parse(clean.stdout)
  const script = '        args: [-c, "if true; then echo"]\n'
  writeJobs(
    `${JOBS.replace('[make, test]', '[bash]').trimEnd()}\n${script}periodics:\n- {name: p, cron: "0 22, 10 * * *", alwways_run: true, spec: {containers: [{image: i}]}}\n`,
  )
  const { status, stdout } = await run('jobs', 'check', '--json')
  const found: { findings: { rule: string; file: string; line: number }[] } = JSON.parse(stdout)
  const rules = new Set(found.findings.map(({ rule }) => rule))
  for (const rule of ['schedule', 'unknown-field', 'shell-syntax']) expect(rules).toContain(rule)
  expect(found.findings.find(({ rule }) => rule === 'schedule')).toMatchObject({ line: 11 })
  expect(findings.some(({ rule }) => ['schedule', 'unknown-field', 'shell-syntax'].includes(rule))).toBe(
    false,
  )
  expect(status).toBe(1)

  const settings = '[{rule: schedule, severity: off}, {rule: unknown-field, severity: info}]'
  appendFileSync(join(kustom, 'overlay-render.yaml'), `rules: ${settings}\n`)
  const lowered = await run('jobs', 'check', '--json')
  const left: { findings: { rule: string; severity: string }[] } = JSON.parse(lowered.stdout)
  expect(left.findings.map(({ rule }) => rule)).not.toContain('schedule')
  expect(left.findings.find(({ rule }) => rule === 'unknown-field')).toMatchObject({ severity: 'info' })
})

test('a setting for a rule that does not exist is refused by check and by jobs check', async () => {
  appendFileSync(join(kustom, 'overlay-render.yaml'), 'rules: [{rule: shedule, severity: off}]\n')
  for (const command of [
    ['check', 'workloads'],
    ['jobs', 'check'],
  ]) {
    const { status, stderr } = await run(...command)
    expect(stderr).toMatch(
      /overlay-render\.yaml:\d+:\d+: there is no rule shedule[^]*did you mean schedule\?/u,
    )
    expect(status).toBe(2)
  }
})

test('a review says what the change does to jobs', async () => {
  writeJobs(JOBS.replace('1.26', '1.27'))
  const { stdout } = await run('review', '--base', 'HEAD')
  expect(stdout).toContain('jobs of HEAD → work tree: 1 of 1 jobs change: 1 changed')
  const json = await run('review', '--base', 'HEAD', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({ jobs: { counts: { changed: 1 } } })
})

test('kubeconfigs that the configuration names are read only from its own tree', async () => {
  const KUBECONFIG = 'apiVersion: v1\nkind: Config\ncurrent-context: canary-context\n'
  const home = join(tree.path, '..', `${basename(tree.path)}-home`)
  writeFileSync(home, KUBECONFIG)
  symlinkSync(home, join(kustom, 'linked'))
  writeFileSync(join(kustom, 'own'), KUBECONFIG)
  try {
    for (const name of [home, `../../../${basename(home)}`, 'linked']) {
      appendFileSync(join(kustom, 'overlay-render.yaml'), `prow: {kubeconfigs: [${JSON.stringify(name)}]}\n`)
      const { status, stdout, stderr } = await run('kubeconfig', 'check')
      expect(stdout + stderr).not.toContain('canary-context')
      expect(stderr).toContain('error: ')
      expect(status).toBe(2)
      execFileSync('git', ['checkout', '--quiet', 'overlay-render.yaml'], { cwd: kustom })
    }
    appendFileSync(join(kustom, 'overlay-render.yaml'), 'prow: {kubeconfigs: [own]}\n')
    expect((await run('kubeconfig', 'check')).stdout).toContain('canary-context')
    expect((await run('kubeconfig', 'check', home)).stdout).toContain('canary-context')
  } finally {
    rmSync(home)
  }
})

test('jobs may name the contexts of tracked kubeconfigs', async () => {
  const context = (name: string): string => `- {name: ${name}, context: {cluster: c, user: u}}\n`
  const others =
    'kind: Config\nclusters: [{name: c, cluster: {server: s}}]\nusers: [{name: u, user: {exec: {command: x}}}]\n'
  writeFileSync(join(kustom, 'kubeconfig'), `${others}contexts:\n${context('build')}${context('arm')}`)
  appendFileSync(join(kustom, 'overlay-render.yaml'), 'prow: {kubeconfigs: [kubeconfig]}\n')
  writeJobs(JOBS.replace('always_run: true', 'always_run: true\n    cluster: buidl'))
  const unknown = async (): Promise<unknown> => {
    const { stdout } = await run('jobs', 'check', '--json')
    const { findings }: { findings: { rule: string; hint: string }[] } = JSON.parse(stdout)
    return findings.filter(({ rule }) => rule === 'unknown-cluster').map(({ hint }) => hint)
  }
  expect(await unknown()).toEqual(['did you mean build?'])
  // A file that git does not track is not read: it may contain anything.
  appendFileSync(join(tree.path, '.gitignore'), 'kubeconfig\n')
  expect(await unknown()).toEqual([])
})

test('without git, jobs are checked and explained, and kubeconfigs are checked', async () => {
  rmSync(join(tree.path, '.git'), { recursive: true })
  const checked = await run('jobs', 'check', '--json')
  const { findings }: { findings: { rule: string }[] } = JSON.parse(checked.stdout)
  expect([checked.status, findings.map(({ rule }) => rule)]).toEqual([
    1,
    expect.arrayContaining(['repository-agreement']),
  ])
  expect((await run('jobs', 'explain', 'pull-unit', 'cluster')).stdout).toContain('default')
  expect(await run('jobs', 'diff', '.', '.')).toMatchObject({ status: 0 })
  const revision = await run('jobs', 'diff', 'HEAD', '.')
  expect([revision.status, revision.stderr]).toEqual([
    2,
    expect.stringContaining(
      'HEAD is neither an overlay nor a folder, and the workspace is not in a git repository',
    ),
  ])
  expect(revision.stderr).not.toContain('shallow')
  writeFileSync(join(kustom, 'own'), 'kind: Config\ncurrent-context: nowhere\n')
  const { status, stdout } = await run('kubeconfig', 'check', 'own')
  expect([status, stdout]).toEqual([
    1,
    expect.stringContaining('the current-context nowhere is not a context of own'),
  ])
})

/** Writes a fake checkconfig that prints lines of Prow's log; returns the PATH that finds it. */
function layCheckconfig(script: string): string {
  const bin = join(tree.path, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'checkconfig'), `#!/bin/bash\n${script}`, { mode: 0o755 })
  return `${bin}:${process.env['PATH'] ?? ''}`
}

test('checkconfig is run on the configs that overlays deploy, and not on those of the tree', async () => {
  // Prints a line of the given config as a warning.
  const PATH = layCheckconfig(`config="\${1#--config-path=}"
line=$(grep -o 'gcs_browser_prefix: .*' "$config")
echo "{\\"severity\\":\\"warning\\",\\"msg\\":\\"$config has $line\\"}" >&2
`)
  for (const command of [
    ['jobs', 'check'],
    ['check', 'workloads'],
  ]) {
    const { stdout, status } = await runCommand([...command, '--checkconfig', '--json'], {
      cwd: kustom,
      env: { PATH },
    })
    const { findings }: { findings: { rule: string; message: string; hint: string }[] } = JSON.parse(stdout)
    const said = findings.filter(({ rule }) => rule === 'checkconfig')
    expect(said).toMatchObject([
      {
        message:
          'rendered/control-plane/configs/config/config.yaml has gcs_browser_prefix: https://artifacts.ci.harborlight.example/gcs/',
        hint: 'checkconfig was run on the rendered configs of control-plane',
      },
      {
        message:
          'rendered/testing/configs/config/config.yaml has gcs_browser_prefix: https://artifacts.harborlight.test/gcs/',
      },
    ])
    expect(status).toBe(1)
  }
})

test('check --checkconfig --base tells only what of Prow is new', async () => {
  const PATH = layCheckconfig(`for file in $(find "\${2#--job-config-path=}" -name '*.yaml'); do
  grep -o 'name: old.*\\|name: new.*' "$file" | while read line; do echo "{\\"severity\\":\\"warning\\",\\"msg\\":\\"$line\\"}" >&2; done
done
`)
  const commit = (): void => {
    git('add', '.')
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'jobs')
  }
  const periodics = (...lines: string[]): string => ['periodics:', ...lines, ''].join('\n')
  const twice =
    '- {name: old, interval: 1h, unknown_field: 1, spec: {containers: [{image: a, command: [b]}]}}'
  const missing =
    '- {name: new, interval: 1h, cron: 1 * * * *, spec: {containers: [{image: a, command: [b]}]}}'
  writeJobs(periodics(twice, twice))
  commit()
  const found = async (...args: string[]): Promise<string[]> => {
    const { stdout } = await runCommand(['check', 'workloads', '--checkconfig', '--json', ...args], {
      cwd: kustom,
      env: { PATH },
    })
    const { findings }: { findings: { rule: string; message: string }[] } = JSON.parse(stdout)
    return findings.map(({ rule, message }) => `${rule}: ${message}`).sort()
  }
  // The lines move, and one job is new.
  writeJobs(periodics('# a comment', missing, twice, twice))
  const now = [
    expect.stringMatching(/^checkconfig: name: new, interval: 1h, cron: /u),
    expect.stringMatching(/^schedule: /u),
  ]
  const before = [
    expect.stringMatching(/^checkconfig: name: old, interval: 1h, unknown_field: /u),
    expect.stringMatching(/^duplicate-job: /u),
    expect.stringMatching(/^unknown-field: /u),
  ]
  expect(await found()).toEqual(expect.arrayContaining([...before, ...now]))
  expect(await found('--base', 'HEAD')).toEqual(now)
})

test('what a change deletes in git is gone for the rules about Prow, and was there before it', async () => {
  mkdirSync(join(tree.path, 'src'))
  writeFileSync(join(tree.path, 'src/main.go'), 'package main\n')
  writeJobs(JOBS.replace('org/repo', 'org/own').replace('always_run: true', "run_if_changed: '^src/'"))
  git('remote', 'add', 'origin', 'https://github.com/org/own.git')
  git('add', '.')
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'source')
  rmSync(join(tree.path, 'src'), { recursive: true })
  git('add', '.')
  const { stdout } = await run('check', 'workloads', '--checkconfig', '--json', '--base', 'HEAD')
  expect(JSON.parse(stdout)).toMatchObject({ findings: [{ rule: 'unmatched-change' }] })
})

const program = checkconfig()
test.skipIf(program === undefined)(
  `Prow's own checkconfig accepts the fixture, and what it refuses is an error${skipReason('checkconfig')}`,
  async () => {
    const PATH = `${process.env['PATH'] ?? ''}:${dirname(program ?? '')}`
    const said = async (): Promise<unknown[]> => {
      const { stdout } = await runCommand(['jobs', 'check', '--checkconfig', '--json'], {
        cwd: kustom,
        env: { PATH },
      })
      const { findings }: { findings: { rule: string; message: string; severity: string }[] } =
        JSON.parse(stdout)
      return findings
        .filter(({ rule }) => rule === 'checkconfig')
        .map(({ severity, message }) => `${severity}: ${message}`)
    }
    expect((await said()).join('\n')).not.toMatch(/^error/mu)
    writeJobs(JSON.stringify({ periodics: [{ name: 'p', interval: '1h', spec: { containers: [] } }] }))
    expect((await said()).join('\n')).toMatch(
      /^error: Validation failed: .*pod spec must specify at least 1 container/mu,
    )
  },
)
