import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { schemaProblems } from '../json/json-schema.ts'
import { seededDraw } from '../differential/draw.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// A review in several jobs: review --shard --report part=FILE, and report merge, on a clone of the demo.

let tree: TemporaryFolder
let kustom: string
/** The folder of the reports and the cache. */
let out: string

const git = (...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: tree.path,
  })
}
const at = (path: string): string => join(kustom, path)
const run = async (...args: string[]): Promise<CommandResult> =>
  runCommand(['-C', kustom, ...args], { env: { XDG_CACHE_HOME: join(out, 'cache') }, cached: true })
const FORMATS = ['html', 'markdown', 'junit', 'json'] as const

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  out = mkdtempSync(join(tmpdir(), 'overlay-render-parts-'))
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=base')
})
afterEach(async () => {
  rmSync(out, { recursive: true, force: true })
  await tree.dispose()
})

/** Makes a change that affects every overlay and shows each kind of difference. */
function change(): void {
  const config = at('overlay-render.yaml')
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('version: 4.5.4', 'version: 4.5.4\n  network: true'),
  )
  mkdirSync(at('overlays/workloads/resources'), { recursive: true })
  appendFileSync(
    at('overlays/workloads/resources/image-puller.yaml'),
    '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd, namespace: default}\ndata:\n  big: "12345678901234567890"\n  text: |\n    a: 1\n    b: <script>\n  "$": tagged\n  __proto__: own\n  \u202eright: left\n',
  )
  appendFileSync(at('overlays/testing/yq_scripts/config.yaml'), '\n| .added.constructor = 1\n')
}

interface Shown extends CommandResult {
  /** The text of each report, by format. */
  readonly reports: Readonly<Record<string, string>>
}

/** Runs a command with a report in every format. */
async function show(...args: string[]): Promise<Shown> {
  const files = FORMATS.map((format) => join(out, `report.${format}`))
  const reports = FORMATS.flatMap((format, index) => ['--report', `${format}=${files[index]}`])
  const result = await run(...args, ...reports)
  const texts: [string, string][] = FORMATS.map((format, index) => [
    format,
    readFileSync(files[index] ?? '', 'utf8'),
  ])
  // Progress lines depend on the speed of the machine.
  return { ...result, stderr: result.stderr.replaceAll(/^.*…\n/gmu, ''), reports: Object.fromEntries(texts) }
}

const partFile = (index: number): string => join(out, `part-${index}.json`)

async function writeParts(count: number): Promise<(number | null)[]> {
  const statuses: (number | null)[] = []
  for (let index = 1; index <= count; index++) {
    const part = `part=${partFile(index)}`
    const { status } = await run('review', '--base', 'main', '--shard', `${index}/${count}`, '--report', part)
    statuses.push(status)
  }
  return statuses
}

type Case = readonly [title: string, status: number, flags: readonly string[], edit: () => void]

const CASES: readonly Case[] = [
  ['nothing is wrong but the goldens', 1, ['--json'], change],
  [
    'an overlay does not build any more, and a golden has no overlay',
    2,
    [],
    () => {
      change()
      appendFileSync(at('overlays/testing/yq_scripts/config.yaml'), '\n| ] nonsense\n')
      cpSync(at('golden/workloads.yaml'), at('golden/gone.yaml'))
    },
  ],
  ['nothing changed', 0, [], () => undefined],
]

test.each(CASES)(
  'merged parts print the same bytes as one review of all: %s',
  async (_title, status, flags, edit) => {
    edit()
    const whole = await show('review', '--base', 'main', ...flags)
    expect(whole.status).toBe(status)
    const statuses = await writeParts(3)
    expect(Math.max(...statuses.map(Number))).toBe(status)
    const parts = [3, 1, 2].map(partFile)
    expect(await show('report', 'merge', ...parts, ...flags)).toEqual(whole)
  },
  240_000,
)

test('every part is valid by the published schema, and changed parts are not', async () => {
  const schema = JSON.parse(
    readFileSync(join(root, 'packages/render/schema/review-part.schema.json'), 'utf8'),
  )
  change()
  await writeParts(2)
  const broken = at('overlays/testing/yq_scripts/config.yaml')
  const [one, two] = [1, 2].map((index) => JSON.parse(readFileSync(partFile(index), 'utf8')))
  appendFileSync(broken, '\n| ] nonsense\n')
  await writeParts(1)
  const faulty = JSON.parse(readFileSync(partFile(1), 'utf8'))
  for (const part of [one, two, faulty]) expect(schemaProblems(schema, part)).toEqual([])
  const shapes = ['"constructor":1', '"fault":{"code":', '{"$":["undefined"]}', '{"$":["map",']
  const written = JSON.stringify([one, two, faulty])
  expect(shapes.filter((shape) => !written.includes(shape))).toEqual([])
  for (const key of Object.keys(one)) {
    const rest = Object.fromEntries(Object.entries(one).filter(([name]) => name !== key))
    expect(schemaProblems(schema, rest)).toEqual([`/ must have required property '${key}'`])
  }
  expect(schemaProblems(schema, { ...one, more: 1 })).toEqual(['/ must NOT have additional properties: more'])
  expect(schemaProblems(schema, { ...one, overlays: [{ overlay: 'a' }] })).not.toEqual([])
  expect(schemaProblems(schema, { ...one, overlayRenderReviewPart: 2 })).toEqual([
    '/overlayRenderReviewPart must be equal to constant: 1',
  ])
}, 240_000)

test('parts of different reviews are refused, and the error names them', async () => {
  change()
  await writeParts(2)
  const [one, two] = [partFile(1), partFile(2)]
  const refused = async (...files: string[]): Promise<string> => {
    const { status, stdout, stderr } = await run('report', 'merge', ...files)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    return stderr
  }
  expect(await refused(one)).toMatch(/of 2 parts one is missing: 2/u)
  expect(await refused(one, two, one)).toMatch(/both part 1 of 2/u)
  expect(await refused(one, join(tree.path, 'absent.json'))).toMatch(/does not exist/u)

  const text = readFileSync(two, 'utf8')
  const other = join(out, 'other.json')
  const changes: readonly (readonly [RegExp, string])[] = [
    [/is not a part of a review: it is not valid JSON/u, text.slice(0, -20)],
    [/is not a part of a review/u, '[]'],
    [/is not a part of a review/u, '{"__proto__":{}}'],
    [/is of version 2/u, text.replace('"overlayRenderReviewPart":1', '"overlayRenderReviewPart":2')],
    [/parts of different reviews/u, text.replace(/"commit":"../u, '"commit":"ff')],
    [
      /do not cover each affected overlay/u,
      text.replace(/"overlays":\[.*\],"jobs"/su, '"overlays":[],"jobs"'),
    ],
    [/is not a part of a review/u, '['.repeat(300_000)],
    [/is not a part of a review/u, `${'['.repeat(300_000)}${']'.repeat(300_000)}`],
  ]
  for (const [reason, changed] of changes) {
    expect(changed).not.toBe(text)
    writeFileSync(other, changed)
    expect(await refused(one, other)).toMatch(reason)
  }
}, 240_000)

test('a part with random changes is refused or shown: no crash, no script, no control characters', async () => {
  change()
  await writeParts(1)
  const text = readFileSync(partFile(1), 'utf8')
  const other = join(out, 'other.json')
  const html = join(out, 'other.html')
  const draw = seededDraw(17)
  const strings = [...text.matchAll(/"(?:[^"\\]|\\.)*"/gu)]
  for (let round = 0; round < 6; round++) {
    // Even rounds replace the value of every listed key, odd rounds one random string.
    const evil = JSON.stringify('<script>evil()</script>\u001b[2J\n::error::x')
    const at = strings[draw.below(strings.length)]
    const changed =
      round % 2 === 0
        ? text.replaceAll(
            /(?<="(?:message|text|path|label|value|file|name|rule|key)":)"(?:[^"\\]|\\.)*"/gu,
            evil,
          )
        : `${text.slice(0, at?.index)}${evil}${text.slice((at?.index ?? 0) + (at?.[0].length ?? 0))}`
    writeFileSync(other, changed)
    writeFileSync(html, '')
    const { status, stdout, stderr } = await run('report', 'merge', other, '--report', `html=${html}`)
    expect([0, 1, 2]).toContain(status)
    expect(stdout + stderr).not.toContain('\u001b[2J')
    expect(stdout + stderr).not.toMatch(/^::error/mu)
    expect(readFileSync(html, 'utf8')).not.toContain('<script>evil')
  }
}, 240_000)

test('render --all and golden check handle one shard of the overlays, and all shards cover all overlays', async () => {
  const rendered = await Promise.all(
    ['1/2', '2/2', '3/3'].map(async (shard) => {
      const { status, stdout } = await run('render', '--all', '--secrets', 'stub', '--shard', shard, '--json')
      expect(status).toBe(0)
      return (JSON.parse(stdout) as { overlays: { overlay: string }[] }).overlays.map(
        ({ overlay }) => overlay,
      )
    }),
  )
  expect(rendered.slice(0, 2).flat().sort()).toEqual(['control-plane', 'testing', 'workloads'])
  expect(rendered[2]).toHaveLength(1)
  cpSync(at('golden/workloads.yaml'), at('golden/gone.yaml'))
  const checked = await Promise.all(
    ['1/2', '2/2', '5/5'].map(async (shard) => run('golden', 'check', '--shard', shard, '--json')),
  )
  expect(checked.map(({ status }) => status)).toEqual([1, 0, 0])
  const titles = checked.map(({ stdout }) =>
    (JSON.parse(stdout) as { comparisons: { title: string }[] }).comparisons.map(({ title }) => title),
  )
  expect(titles.flat().sort()).toEqual(['control-plane', 'gone', 'testing', 'workloads'])
  expect((await run('golden', 'check', '--shard', '1/0')).status).toBe(2)
}, 240_000)
