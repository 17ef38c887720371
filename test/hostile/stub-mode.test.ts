import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'

import { JOBS_FORMATS } from '../../packages/prow/src/index.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { affectedCommand } from '../../packages/cli/src/commands/affected.ts'
import { checkCommand } from '../../packages/cli/src/commands/check.ts'
import { inventoryCommand, kubeconfigCheckCommand } from '../../packages/cli/src/commands/clusters.ts'
import { diffCommand } from '../../packages/cli/src/commands/diff.ts'
import { explainCommand } from '../../packages/cli/src/commands/explain.ts'
import { goldenCheckCommand } from '../../packages/cli/src/commands/golden-check.ts'
import { goldenUpdateCommand } from '../../packages/cli/src/commands/golden-update.ts'
import { initCommand } from '../../packages/cli/src/commands/init.ts'
import {
  jobsCheckCommand,
  jobsDiffCommand,
  jobsExplainCommand,
} from '../../packages/cli/src/commands/jobs.ts'
import { planCommand } from '../../packages/cli/src/commands/plan.ts'
import { renderCommand } from '../../packages/cli/src/commands/render.ts'
import { reviewCommand } from '../../packages/cli/src/commands/review.ts'
import { secretsCommand } from '../../packages/cli/src/commands/secrets.ts'
import type { CommandContext } from '../../packages/cli/src/context.ts'
import { MessageStream } from '../../packages/cli/src/message-stream.ts'
import { printFault } from '../../packages/cli/src/print-fault.ts'
import { type Canary, formsIn, makeCanary } from './canaries.ts'

// A pull request can write anything into the tracked tree. A canary is in each of: files that git ignores, the environment, the
// repository's own settings and the home folder. Every way to read is tried on each canary, and no command with stub secrets may show
// one in its output, in a golden or in a report.

const OVERLAY = 'kustom/overlays/x'

let scratch: TemporaryFolder
let tree: string
let home: string
const canaries = new Map<string, Canary>()

function put(root: string, path: string, content: string): void {
  const place = join(root, path)
  mkdirSync(dirname(place), { recursive: true })
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) rmSync(place, { recursive: true })
  if (content.startsWith('-> ')) symlinkSync(content.slice(3), place)
  else writeFileSync(place, content)
}

function canary(name: string): string {
  const made = makeCanary(name)
  canaries.set(name, made)
  return made.value
}

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null']
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' })
}

const secretManifest = (value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: stolen}\nstringData: {v: "${value}"}\n`

beforeEach(async () => {
  canaries.clear()
  scratch = await makeTemporaryFolder('hostile')
  tree = join(scratch.path, 'tree')
  home = join(scratch.path, 'home')
  for (const [path, content] of Object.entries({
    '.gitignore': 'secrets/\nignored*\nlocal/\n',
    'files/config.yaml': 'plank: {url: x}\n',
    'kustom/overlay-render.yaml': configuration(''),
    [`${OVERLAY}/kustomization.yaml`]: kustomization(''),
    [`${OVERLAY}/cm.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n',
  })) {
    put(tree, path, content)
  }
  mkdirSync(home, { recursive: true })
  git(tree, 'init', '--quiet')
  git(tree, 'add', '--all')
  git(tree, 'commit', '--quiet', '-m', 'before')
  git(tree, 'tag', 'before')
  put(home, '.docker/config.json', `${canary('home')}: {bad\n`)
  vi.stubEnv('HOME', home)
  vi.stubEnv('CI_TOKEN', canary('environment'))
  put(tree, `${OVERLAY}/secrets/token`, `${canary('secret-file')}\n`)
  put(tree, `${OVERLAY}/secrets/env`, `TOKEN=${canary('secret-env')}\n`)
  put(tree, `${OVERLAY}/ignored.yaml`, secretManifest(canary('ignored')))
  put(tree, `${OVERLAY}/excluded.yaml`, secretManifest(canary('excluded')))
  put(tree, '.git/info/exclude', 'excluded*\n')
  put(tree, `${OVERLAY}/nested/token.yaml`, secretManifest(canary('nested')))
  git(join(tree, OVERLAY, 'nested'), 'init', '--quiet')
  git(tree, 'config', 'http.https://example.com/.extraheader', `AUTHORIZATION: ${canary('git-config')}`)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await scratch.dispose()
})

/** Paths of the canaries, relative to the overlay. */
const TARGETS: Readonly<Record<string, string>> = {
  'a secret file': 'secrets/token',
  'a secret env file': 'secrets/env',
  'an ignored file': 'ignored.yaml',
  'a file that info/exclude names': 'excluded.yaml',
  'a file of another repository': 'nested/token.yaml',
  "the repository's settings": '../../../.git/config',
  'a file of the home folder': '../../../../home/.docker/config.json',
  'an ignored file through a link': 'link-file',
  'an ignored file through a link to its folder': 'link-folder/token',
  'a file of the home folder through a link': 'link-home',
}

const LINKS: Readonly<Record<string, string>> = {
  [`${OVERLAY}/link-file`]: '-> secrets/token',
  [`${OVERLAY}/link-folder`]: '-> secrets',
  [`${OVERLAY}/link-home`]: '-> ../../../../home/.docker/config.json',
}

function configuration(more: string, settings = ''): string {
  return `version: 1\nconfigs: {base: ../files, files: [config/config.yaml], allow: [env, load]}\nkustomize: {network: true}\n${more}settings:\n  x: {${settings}}\n`
}

function kustomization(more: string): string {
  return `resources: [cm.yaml]\nconfigMapGenerator:\n- {name: c, files: [configs/config/config.yaml]}\nsecretGenerator:\n- {name: s, files: [secrets/token], envs: [secrets/env]}\n${more}`
}

type Attack = (target: string) => Readonly<Record<string, string>>

const edit = (expression: string, file = 'cm.yaml'): Record<string, string> => ({
  'kustom/overlay-render.yaml': configuration(
    '',
    `edits: [{file: ${file}, expression: '${expression.replaceAll("'", "''")}'}]`,
  ),
})
const script = (expression: string): Record<string, string> => ({
  [`${OVERLAY}/yq_scripts/config.yaml`]: `${expression}\n`,
})

const value = (source: string): Record<string, string> => ({
  'kustom/overlay-render.yaml': configuration(
    '',
    `values: {v: ${source}}, templates: [{text: "plank: {v: {{ v }}}", to: configs/config/config.yaml}]`,
  ),
})

const JOBS = `presubmits:
  org/repo:
  - {name: job, always_run: true, cluster: other, spec: {containers: [{image: a, command: [sh, -c, "echo"]}]}}
`

/** Changes that a pull request could commit to read a file. */
const ATTACKS: Readonly<Record<string, Attack>> = {
  'an edit that loads it': (target) => edit(`.data.k = load_str("${target}")`),
  'an edit that loads it as base64': (target) => edit(`.data.k = (load_str("${target}") | @base64)`),
  'an edit that fails with it': (target) => edit(`error(load_str("${target}"))`),
  'an edit that fails with its hex': (target) => edit(`.data.k = (load("${target}") | keys | error)`),
  'an edit of it': (target) => edit('error(. | tostring)', target),
  'a patch script that loads it': (target) => script(`.stolen = load_str("${target}")`),
  'a patch script that fails with it': (target) => script(`error(load_str("${target}") | @uri)`),
  'a template from it': (target) => ({
    'kustom/overlay-render.yaml': configuration(
      '',
      `templates: [{from: overlays/x/${target}, to: made.txt}]`,
    ),
    [`${OVERLAY}/kustomization.yaml`]: kustomization('').replace(
      'files: [configs',
      'files: [made.txt, configs',
    ),
  }),
  'a template that makes the kustomization that names it': (target) => ({
    'kustom/overlay-render.yaml': configuration(
      '',
      `templates: [{text: "secretGenerator: [{name: s, files: [k=${target}]}]", to: kustomization.yaml}], edits: [{file: kustomization.yaml, expression: '.configMapGenerator = [{"name": "z", "literals": ["k=" + load_str("${target}")]}]'}]`,
    ),
  }),
  'a resource': (target) => ({
    [`${OVERLAY}/kustomization.yaml`]: kustomization(`components: []\n`).replace(
      '[cm.yaml]',
      `[cm.yaml, ${target}]`,
    ),
  }),
  'a patch': (target) => ({
    [`${OVERLAY}/kustomization.yaml`]: kustomization(`patches: [{path: ${target}}]\n`),
  }),
  'a file of a ConfigMap': (target) => ({
    [`${OVERLAY}/kustomization.yaml`]: kustomization('').replace(
      'files: [configs',
      `files: [k=${target}, configs`,
    ),
  }),
  'an env file of a ConfigMap': (target) => ({
    [`${OVERLAY}/kustomization.yaml`]: kustomization('').replace(
      '{name: c, ',
      `{name: c, envs: [${target}], `,
    ),
  }),
  'a configuration': (target) => ({
    [`${OVERLAY}/kustomization.yaml`]: kustomization(`configurations: [${target}]\n`),
  }),
  'a kustomization that is a link to it': (target) => ({ [`${OVERLAY}/kustomization.yaml`]: `-> ${target}` }),
  'a patch script that is a link to it': (target) => ({
    [`${OVERLAY}/yq_scripts/config.yaml`]: `-> ../${target}`,
  }),
  'a base config that is a link to it': (target) => ({ 'files/config.yaml': `-> ../${OVERLAY}/${target}` }),
  'a configuration file that is a link to it': (target) => ({
    'kustom/overlay-render.yaml': `-> overlays/x/${target}`,
  }),
  'a lock that is a link to it': (target) => ({ 'kustom/overlay-render.lock': `-> overlays/x/${target}` }),
  'a golden that is a link to it': (target) => ({ 'kustom/golden/x.yaml': `-> ../overlays/x/${target}` }),
  'a folder of goldens that is a link': (target) => ({
    'kustom/overlay-render.yaml': configuration('golden: {layout: resources}\n'),
    'kustom/golden/x/n/Secret_stolen.yaml': `-> ../../../overlays/x/${target}`,
  }),
  'a .gitignore that is a link to it': (target) => ({
    'kustom/rendered/.gitignore': `-> ../overlays/x/${target}`,
  }),
  'a folder of jobs that holds a link to it': (target) => ({
    'kustom/overlay-render.yaml': configuration('prow: {config: jobs/config.yaml, jobs: [jobs]}\n'),
    'kustom/jobs/config.yaml': `-> ../overlays/x/${target}`,
    'kustom/jobs/job.yaml': `-> ../overlays/x/${target}`,
  }),
  "Prow's plugins and kubeconfigs": (target) => ({
    'kustom/overlay-render.yaml': configuration(
      `prow: {plugins: overlays/x/${target}, kubeconfigs: [overlays/x/${target}], jobs: [jobs]}\n`,
    ),
    'kustom/jobs/job.yaml': JOBS,
  }),
  "Prow's config": (target) => ({
    'kustom/overlay-render.yaml': configuration(`prow: {config: overlays/x/${target}, jobs: [jobs]}\n`),
    'kustom/jobs/job.yaml': JOBS,
  }),
  'a kubeconfig that is a link to it': (target) => ({
    'kustom/overlay-render.yaml': configuration('prow: {kubeconfigs: [kubeconfig.yaml]}\n'),
    'kustom/kubeconfig.yaml': `-> overlays/x/${target}`,
  }),
  'a folder of jobs that is a link to its folder': (target) => ({
    'kustom/overlay-render.yaml': configuration('prow: {jobs: [jobs]}\n'),
    'kustom/jobs': `-> overlays/x/${dirname(target)}`,
  }),
  'a baseline of findings that is a link to it': (target) => ({
    'kustom/overlay-render.baseline': `-> overlays/x/${target}`,
  }),
  'a folder of plain manifests': () => ({
    'kustom/overlay-render.yaml': configuration(
      'overlays: [{path: overlays/x, kind: folder, skip: [kustomization.yaml]}]\n',
    ),
  }),
  'a folder of plain manifests that holds a link to it': (target) => ({
    'kustom/overlay-render.yaml': configuration(
      'overlays: [{path: overlays/x, kind: folder, skip: [kustomization.yaml, "link*"]}]\n',
    ),
    [`${OVERLAY}/stolen.yaml`]: `-> ${target}`,
  }),
  'a value from it': (target) => value(`{file: overlays/x/${target}}`),
  'a value from a key of it': (target) => value(`{file: overlays/x/${target}, key: .stringData.v}`),
  'a value from a key of it that fails': (target) => value(`{file: overlays/x/${target}, key: '.a[0].b'}`),
  'an overlay that extends one that holds it': (target) => ({
    'kustom/overlay-render.yaml': configuration('', `extends: y`),
    'kustom/overlays/y/kustomization.yaml': kustomization('').replace('[cm.yaml]', '[resources/r.yaml]'),
    'kustom/overlays/y/resources/r.yaml': `-> ../../x/${target}`,
  }),
}

/** Attacks that read the environment and need no target path. */
const OTHERS: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'a script that reads the environment': () => script('.stolen = strenv(CI_TOKEN)'),
  'a script that fails with the environment': () => script('error(strenv(CI_TOKEN))'),
  'a script that reads the environment as YAML': () => script('.stolen = env(CI_TOKEN)'),
  'a script that substitutes the environment': () => script('.stolen = ("${CI_TOKEN:-x}" | envsubst)'),
  'a value from the environment': () => ({
    'kustom/overlay-render.yaml': configuration(
      '',
      'values: {token: {env: CI_TOKEN}}, templates: [{text: "{{ token }}", to: configs/config/config.yaml}]',
    ),
  }),
  'an env file without a value': () => ({
    [`${OVERLAY}/kustomization.yaml`]: kustomization('').replace('{name: c, ', '{name: c, envs: [names], '),
    [`${OVERLAY}/names`]: 'CI_TOKEN\n',
  }),
}

interface Run {
  readonly status: number
  readonly text: string
}

/** Runs one command as the program does, and returns its exit status and everything that it printed. */
async function run(
  flags: Partial<CommandContext['terminal']>,
  command: (context: CommandContext) => Promise<number>,
): Promise<Run> {
  const chunks: Buffer[] = []
  const printed = new PassThrough().on('data', (chunk: Buffer) => chunks.push(chunk))
  const stream = new MessageStream(printed, false)
  const terminal = {
    stdout: stream,
    stderr: stream,
    colour: false,
    interactive: false,
    width: 100,
    quiet: false,
    verbose: true,
    json: false,
    ...flags,
  }
  const context = { terminal, folder: join(tree, 'kustom'), kustomize: undefined, cache: undefined }
  const status = await command(context).catch((error: unknown) => printFault(error, terminal))
  return { status, text: Buffer.concat(chunks).toString() }
}

type Command = () => Promise<Run>

/** Every command that renders with stub secrets, with its formats. */
const COMMANDS: readonly Command[] = [
  () => run({}, (context) => goldenCheckCommand(context, { report: reports() }, ['x'])),
  () => run({ json: true }, (context) => goldenCheckCommand(context, {}, ['x'])),
  () => run({}, (context) => diffCommand(context, { report: reports() }, 'golden:x', 'x')),
  () => run({}, (context) => renderCommand(context, { secrets: 'stub', stdout: true }, ['x'])),
  () => run({}, (context) => renderCommand(context, { secrets: 'stub' }, ['x'])),
  () => run({}, (context) => secretsCommand(context, {}, 'x')),
  () => run({}, (context) => goldenUpdateCommand(context, {}, ['x'])),
  () => run({}, (context) => diffCommand(context, {}, 'golden:x', 'HEAD:x')),
  () => run({}, (context) => reviewCommand(context, 'HEAD', { report: reviewReports() })),
  () => run({}, (context) => reviewCommand(context, 'before', { report: reviewReports() })),
  () => run({ json: true }, (context) => affectedCommand(context, 'before')),
  () => run({}, (context) => jobsDiffCommand(context, {}, 'before', '.')),
  () => run({}, (context) => affectedCommand(context, 'before')),
  () => run({}, (context) => jobsDiffCommand(context, { report: jobsReports() }, 'HEAD', 'x')),
  () => run({ json: true }, (context) => jobsDiffCommand(context, {}, 'before:x', jobFolder())),
  () => run({}, (context) => jobsExplainCommand(context, 'job', undefined)),
  () => run({ json: true }, (context) => jobsExplainCommand(context, 'job', 'spec')),
  () => run({}, (context) => jobsCheckCommand(context, {})),
  () => run({ json: true }, (context) => jobsCheckCommand(context, { repo: 'org/repo' })),
  () => run({}, (context) => inventoryCommand(context, {})),
  () => run({ json: true }, (context) => inventoryCommand(context, {})),
  () => run({}, (context) => kubeconfigCheckCommand(context, [])),
  () => run({ json: true }, (context) => kubeconfigCheckCommand(context, [])),
  ...['text', 'json', 'sarif', 'junit', 'github'].map(
    (format): Command =>
      () =>
        run({}, (context) => checkCommand(context, ['x'], { format })),
  ),
  () => run({}, (context) => checkCommand(context, [], { base: 'before', strict: true })),
  () => run({}, (context) => explainCommand(context, 'x', 'ConfigMap/a', undefined)),
  () => run({ json: true }, (context) => explainCommand(context, 'x', 'ConfigMap/a', 'data.k')),
  () => run({}, (context) => explainCommand(context, 'x', 'Secret/s', 'data.token')),
  () => run({}, (context) => planCommand(context, { report: planReports() }, 'x')),
  () => run({}, (context) => planCommand(context, { shell: true }, 'x')),
  () => run({ json: true }, (context) => renderCommand(context, { secrets: 'stub' }, ['x'])),
  () => withoutConfiguration(() => run({}, (context) => initCommand(context, {}))),
  () => withoutConfiguration(() => run({ json: true }, (context) => initCommand(context, {}))),
]

/** Moves the configuration away while the command runs: `init` needs a tree without one. */
async function withoutConfiguration(command: Command): Promise<Run> {
  const file = join(tree, 'kustom/overlay-render.yaml')
  renameSync(file, `${file}.aside`)
  try {
    return await command()
  } finally {
    renameSync(`${file}.aside`, file)
  }
}

const jobFolder = (): string => join(tree, 'kustom/jobs')

const reportsAs = (name: string, formats: readonly string[]): string[] =>
  formats.map((format) => `${format}=${join(scratch.path, 'reports', `${name}.${format}`)}`)
const jobsReports = (): string[] => reportsAs('jobs', JOBS_FORMATS)
const planReports = (): string[] => reportsAs('plan', ['text', 'json', 'html'])

const REPORTS = ['text', 'json', 'markdown', 'html', 'junit', 'json-patch'] as const

const reviewReports = (): string[] => reportsAs('review', ['html', 'markdown', 'junit'])

function reports(): string[] {
  return REPORTS.map((format) => `${format}=${join(scratch.path, 'reports', format)}`)
}

async function runAll(commands: readonly Command[]): Promise<Run[]> {
  const runs: Run[] = []
  for (const command of commands) runs.push(await command())
  return runs
}

/** OVERLAY_RENDER_HOSTILE=all: every command. Otherwise every ninth command, starting at a different one for each case. */
function commandsFor(index: number): readonly Command[] {
  if (process.env['OVERLAY_RENDER_HOSTILE'] === 'all') return COMMANDS
  return COMMANDS.filter((_command, at) => (at + index) % 9 === 0)
}

/** The text of every file that the commands wrote. Does not follow links. */
function written(): string[] {
  const texts: string[] = []
  const pending = ['reports', 'tree/kustom/golden', 'tree/kustom/rendered'].map((name) =>
    join(scratch.path, name),
  )
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const entry = lstatSync(path, { throwIfNoEntry: false })
    if (entry?.isDirectory()) pending.push(...readdirSync(path).map((name) => join(path ?? '', name)))
    else if (entry?.isFile()) texts.push(readFileSync(path, 'utf8'))
  }
  return texts
}

function commit(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries({ ...LINKS, ...files })) put(tree, path, content)
  git(tree, 'add', '--all', '.', `:!${OVERLAY}/nested`)
  git(tree, 'commit', '--quiet', '-m', 'attack')
}

/** The names of the canaries in the outputs, and the output of commands that crashed, since a crash would hide a leak. */
async function shownBy(commands: readonly Command[]): Promise<readonly string[]> {
  const runs = await runAll(commands)
  const texts = [...runs.map(({ text }) => text), ...written()]
  const found = [...canaries].filter(([, each]) => texts.some((text) => formsIn(text, each).length > 0))
  const crashed = runs.filter(({ status }) => status > 2)
  return [...found.map(([name]) => name), ...crashed.map(({ text }) => text)]
}

const CASES = Object.keys(ATTACKS).flatMap((attack) =>
  Object.keys(TARGETS).map((target) => [attack, target] as const),
)

const isAll = process.env['OVERLAY_RENDER_HOSTILE'] === 'all'
const part = Math.floor(Math.random() * 3)
const chosen = CASES.map((each, index) => [...each, index] as const).filter(
  ([, , index]) => isAll || index % 3 === part,
)

/** Running every command takes minutes on a busy machine. */
const timeout = 600_000

test.each(chosen)(`%s: %s (part ${part + 1} of 3)`, { timeout }, async (attack, target, index) => {
  commit(ATTACKS[attack]?.(TARGETS[target] ?? '') ?? {})
  expect(await shownBy(commandsFor(index))).toEqual([])
})

test.each(Object.keys(OTHERS))('%s', async (attack) => {
  commit(OTHERS[attack]?.() ?? {})
  expect(await shownBy(COMMANDS)).toEqual([])
})

/** Changes that a pull request could commit so that git no longer ignores files in the checkout. */
const UNIGNORING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an empty .gitignore': { '.gitignore': '' },
  'a .gitignore that names exceptions': { '.gitignore': 'secrets/\nignored*\n!secrets/\n!ignored*\n' },
  'a .gitignore beside the files': { [`${OVERLAY}/.gitignore`]: '!*\n!secrets/\n!secrets/*\n' },
  'a .gitignore that is a link': { '.gitignore': '-> files/config.yaml' },
  'no .gitignore': {},
}
const READING = [
  'an edit that loads it',
  'a patch script that loads it',
  'a resource',
  'a file of a ConfigMap',
]

describe('with OVERLAY_RENDER_INDEX_ONLY', () => {
  test.each(Object.entries(UNIGNORING))(
    '%s: no command reads files outside of the index',
    { timeout },
    async (name, files) => {
      vi.stubEnv('OVERLAY_RENDER_INDEX_ONLY', 'true')
      for (const [at, attack] of READING.entries()) {
        for (const target of ['secrets/token', 'ignored.yaml']) {
          commit(ATTACKS[attack]?.(target) ?? {})
          for (const [path, content] of Object.entries(files)) put(tree, path, content)
          if (name === 'no .gitignore') git(tree, 'rm', '--quiet', '--ignore-unmatch', '.gitignore')
          else git(tree, 'add', ...Object.keys(files))
          git(tree, 'commit', '--quiet', '--allow-empty', '-m', 'no longer ignored')
          expect(await shownBy(commandsFor(at))).toEqual([])
          git(tree, 'checkout', '--quiet', 'before', '--', '.')
          rmSync(join(tree, OVERLAY, '.gitignore'), { force: true })
        }
      }
    },
  )

  test('an untracked file is named, and is read after git add', async () => {
    vi.stubEnv('OVERLAY_RENDER_INDEX_ONLY', 'true')
    commit({ [`${OVERLAY}/kustomization.yaml`]: 'resources: [cm.yaml, new.yaml]\n' })
    put(tree, `${OVERLAY}/new.yaml`, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n')
    const command = async (): Promise<Run> =>
      run({}, (context) => renderCommand(context, { secrets: 'stub' }, ['x']))
    expect((await command()).text).toMatch(
      /kustomization\.yaml:1:\d+: .*new\.yaml.* is outside the tracked tree/u,
    )
    git(tree, 'add', '--intent-to-add', `${OVERLAY}/new.yaml`)
    expect((await command()).status).toBe(0)
  })
})

test('the tree without an attack renders, with a stub for each secret', async () => {
  commit({})
  const runs = await runAll(COMMANDS)
  expect(runs.slice(0, 8).map(({ status }) => status)).toEqual([1, 1, 2, 0, 0, 0, 0, 0])
  expect(runs[4]?.text).toContain('2 files are stubs')
  expect(await shownBy(COMMANDS)).toEqual([])
})

test('a missing or ignored file of a ConfigMap is a stub that is counted and named', async () => {
  commit({
    [`${OVERLAY}/kustomization.yaml`]: kustomization('').replace(
      'files: [configs',
      'files: [gone, ignored.yaml, configs',
    ),
  })
  const { status, text } = await run({}, (context) => renderCommand(context, { secrets: 'stub' }, ['x']))
  expect(status).toBe(0)
  expect(text).toMatch(
    /warning: overlays\/x\/kustomization\.yaml:3:\d+: overlays\/x\/gone, a file of ConfigMap c, is not in/,
  )
  expect(text.trimEnd().split('\n').at(-1)).toBe(
    '4 files are stubs (for ConfigMaps: overlays/x/gone, overlays/x/ignored.yaml): before you apply this, render with --secrets real.',
  )
})

test.each([
  ['resources: [ignored.yaml]', 'resource'],
  ['patches: [{path: ignored.yaml}]', 'patch'],
])(
  'an ignored file that cannot be a stub is an error that names what would make it: %s',
  async (line, noun) => {
    commit({ [`${OVERLAY}/kustomization.yaml`]: `${line}\n` })
    const { status, text } = await run({}, (context) => goldenUpdateCommand(context, {}, ['x']))
    expect([status, text]).toEqual([
      2,
      expect.stringMatching(
        new RegExp(
          `kustomization.yaml:1:\\d+: ${noun} .*outside the tracked tree.*\\n.*templates: in overlay-render.yaml`,
        ),
      ),
    ])
  },
)

test('with real secrets the canaries are found', async () => {
  commit({})
  const { status, text } = await run({}, (context) =>
    renderCommand(context, { secrets: 'real', stdout: true }, ['x']),
  )
  expect([status, existsSync(join(tree, OVERLAY, 'secrets/token'))]).toEqual([0, true])
  const found = [...canaries].filter(([, each]) => formsIn(text, each).length > 0).map(([name]) => name)
  expect(found).toEqual(['secret-file', 'secret-env'])
})
