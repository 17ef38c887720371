import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import type { TemporaryFolder } from '@overlay-render/system'

import { type CommandResult, runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { root } from '../support/oracles.ts'

// A review reports exactly the new findings that `check --base` reports, on a clone of the demo.

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
const write = (path: string, text: string): void => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}
const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(at(path), 'utf8')
  expect(text).toContain(from)
  writeFileSync(at(path), text.replace(from, to))
}
const run = async (...args: string[]): Promise<CommandResult> =>
  runCommand(['-C', kustom, ...args], { env: { XDG_CACHE_HOME: join(out, 'cache') }, cached: true })

beforeEach(async () => {
  tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  out = mkdtempSync(join(tmpdir(), 'overlay-render-findings-'))
  write('hack/secrets.sh', 'kubectl create secret generic made-by-script --from-literal=a=b\n')
  appendFileSync(
    at('overlays/workloads/resources/image-puller.yaml'),
    '---\napiVersion: v1\nkind: Pod\nmetadata: {name: reader, namespace: default}\nspec:\n  containers: [{name: a, image: "a:1"}]\n  volumes: [{name: v, secret: {secretName: made-by-script}}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: floating}\n',
  )
  appendFileSync(at('overlay-render.yaml'), 'rules:\n  - {rule: no-namespace, severity: off}\n')
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=base')
})
afterEach(async () => {
  rmSync(out, { recursive: true, force: true })
  await tree.dispose()
})

const POD = (name: string, fields: string): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: default}\nspec: {containers: [{name: a, image: "a:1"}], ${fields}}\n`

interface Row {
  readonly says: string
  readonly change: () => void
  /** The rules of the new findings, sorted. */
  readonly rules: readonly string[]
}

const CHANGES: readonly Row[] = [
  { says: 'nothing', change: () => undefined, rules: [] },
  {
    says: 'a manifest that no kustomization lists, of no overlay',
    change: () =>
      write('base/manifests/local/spare.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: spare}\n'),
    rules: ['orphan'],
  },
  {
    says: 'a component that no overlay uses',
    change: () =>
      write(
        'components/spare/kustomization.yaml',
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
      ),
    rules: ['orphan'],
  },
  {
    says: 'a file in the folder of an overlay that the change does not reach',
    change: () => write('overlays/workloads/resources/spare.json', '{}\n'),
    rules: ['unused-file'],
  },
  {
    says: 'an object of one overlay',
    change: () =>
      appendFileSync(
        at('overlays/workloads/resources/image-puller.yaml'),
        POD('bad', 'volumes: [{name: v, secret: {secretName: nowhere}}]'),
      ),
    rules: ['dangling-reference'],
  },
  {
    says: 'an object of the base, in several overlays',
    change: () =>
      appendFileSync(
        at('base/manifests/local/job-limits.yaml'),
        POD('bad', 'volumes: [{name: v, configMap: {name: nowhere}}]'),
      ),
    rules: ['dangling-reference'],
  },
  {
    says: 'a script of the tree that no longer makes a Secret, which no overlay reads',
    change: () => write('hack/secrets.sh', 'echo\n'),
    rules: ['dangling-reference'],
  },
  {
    says: 'a rule that is on from now on, which changes no output',
    change: () => edit('overlay-render.yaml', 'severity: off', 'severity: error'),
    rules: ['no-namespace'],
  },
  {
    says: 'an assertion that is false everywhere',
    change: () =>
      appendFileSync(
        at('overlay-render.yaml'),
        'assert:\n  - {name: small, over: manifests, where: .kind == "LimitRange", expression: "false", message: no limits}\n',
      ),
    rules: ['assert/small'],
  },
  {
    says: 'an overlay that does not build any more, and a file that is new in it',
    change: () => {
      appendFileSync(at('overlays/workloads/resources/image-puller.yaml'), '---\nkind: {\n')
      write('base/manifests/local/spare.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: spare}\n')
    },
    rules: ['orphan'],
  },
]

interface Told {
  readonly rule: string
  readonly message: string
  readonly overlay: string
}

const keysOf = (told: readonly Told[]): string[] =>
  [...new Set(told.map(({ rule, message, overlay }) => `${rule} ${overlay} ${message}`))].sort()

interface Finding {
  readonly rule: string
  readonly severity: string
  readonly message: string
  readonly overlays: readonly string[]
}

const spread = (findings: readonly Finding[]): Told[] =>
  findings
    .filter(({ rule }) => rule !== 'not-rendered')
    .flatMap((finding) =>
      (finding.overlays.length === 0 ? [''] : finding.overlays).map((overlay) => ({ ...finding, overlay })),
    )

interface ReviewJson {
  readonly needsAttention: boolean
  readonly findings: readonly Finding[]
  readonly overlays: readonly { readonly overlay: string; readonly findings: readonly Told[] }[]
}

const toldBy = ({ findings, overlays }: ReviewJson): Told[] => [
  ...spread(findings),
  ...overlays.flatMap(({ overlay, findings: own }) => own.map((finding) => ({ ...finding, overlay }))),
]

test.each(CHANGES)('review and check --base have the same findings: $says', async ({ change, rules }) => {
  change()
  const checked = await run('check', '--base', 'HEAD', '--format', 'json')
  const { findings }: { findings: readonly Finding[] } = JSON.parse(checked.stdout)
  const reviewed = await run('review', '--base', 'HEAD', '--json')
  const review: ReviewJson = JSON.parse(reviewed.stdout)
  const told = toldBy(review)
  expect(keysOf(told)).toEqual(keysOf(spread(findings)))
  expect([...new Set(told.map(({ rule }) => rule))].sort()).toEqual(rules)
  expect(review.needsAttention).toBe(rules.length > 0)
  expect(reviewed.status === 0).toBe(rules.length === 0)
})

test('findings without an overlay are in every report of a review, and in one shard only', async () => {
  write('base/manifests/local/spare.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: spare}\n')
  appendFileSync(at('base/manifests/local/job-limits.yaml'), POD('more', ''))
  const message = 'no kustomization lists the manifest base/manifests/local/spare.yaml'
  const countIn = (text: string): number => text.split(message).length - 1
  const formats = ['html', 'markdown', 'junit', 'text', 'json']
  const reports = formats.flatMap((format) => ['--report', `${format}=${join(out, `whole.${format}`)}`])
  const whole = await run('review', '--base', 'HEAD', ...reports)
  expect(whole.status).toBe(1)
  expect(countIn(whole.stdout)).toBe(1)
  const silent = formats.filter((format) => countIn(readFileSync(join(out, `whole.${format}`), 'utf8')) === 0)
  expect(silent).toEqual([])

  const parts = ['1', '2', '3'].map((index) => join(out, `part-${index}.json`))
  for (const [index, part] of parts.entries())
    await run('review', '--base', 'HEAD', '--shard', `${index + 1}/3`, '--report', `part=${part}`)
  expect(parts.map((part) => countIn(readFileSync(part, 'utf8')))).toEqual([1, 0, 0])
  const merged = await run('report', 'merge', ...parts)
  expect(merged.stdout).toBe(whole.stdout)
  expect(merged.status).toBe(1)
})

test('findings of the baseline are in no review', async () => {
  write('base/manifests/local/spare.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: spare}\n')
  await run('check', '--write-baseline')
  const review: ReviewJson = JSON.parse((await run('review', '--base', 'HEAD', '--json')).stdout)
  expect(toldBy(review)).toEqual([])
})
