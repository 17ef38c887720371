import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { KUSTOM, trees } from '../support/corpus-by-hand.ts'
import { LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'
import { writeStubSecrets } from '../support/stub-secret-files.ts'
import { copyWorkspace, type WorkspaceCopy } from '../support/workspace-copy.ts'

const programs = kubernetes()
const OVERLAY = 'kubevirt-prow-control-plane'
const CONTEXT = ['--context', 'throw-away']
const LIVE = ['diff', `live:throw-away:${OVERLAY}`, OVERLAY, '--secrets', 'real', '--json']

/** Objects that the manifests need and no overlay of the tree creates. */
const BEFORE = `
{apiVersion: v1, kind: Namespace, metadata: {name: kubevirt-prow}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: kubevirt-prow-jobs}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: servicemonitors.monitoring.coreos.com}
spec:
  group: monitoring.coreos.com
  scope: Namespaced
  names: {plural: servicemonitors, singular: servicemonitor, kind: ServiceMonitor, listKind: ServiceMonitorList}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`

const TAKEN_OVER =
  '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"hook","namespace":"kubevirt-prow"},"spec":{"minReadySeconds":3}}'

/** Changes that people and tools make to a cluster, each with its expected drift. */
const HANDS: readonly (readonly [what: string, args: string, drift: string, input?: string])[] = [
  [
    'a field is edited',
    'set image deployment/deck deck=deck:hand',
    'Deployment deck: spec.template.spec.containers[name=deck].image',
  ],
  ['an object is deleted', 'delete service/tide', 'Service tide: removed'],
  [
    'another manager takes an object over',
    'apply --server-side --force-conflicts --field-manager=argocd -f -',
    'Deployment hook: spec.minReadySeconds',
    TAKEN_OVER,
  ],
  ['a Deployment is scaled', 'scale deployment/crier --replicas=3', 'Deployment crier: spec.replicas'],
  ['a label is added', 'label deployment/sinker by=hand', 'Deployment sinker: metadata.labels.by'],
  ['an annotation is added', 'annotate service/hook by=hand', 'Service hook: metadata.annotations.by'],
  [
    'an object is made beside the others',
    'create quota extra --hard=pods=1000',
    'ResourceQuota extra: added',
  ],
  [
    'a Secret is changed',
    'patch secret/hmac-token -p {"data":{"hmac":"Y29ycmVjdC1ob3JzZQ=="}}',
    'Secret hmac-token: data.hmac',
  ],
  [
    'a rule is added',
    'patch role/hook --type=json -p [{"op":"add","path":"/rules/0/verbs/-","value":"delete"}]',
    'Role hook: rules[apiGroups=prow.k8s.io,resources=prowjobs].verbs[4]',
  ],
  [
    'a key is removed',
    'patch configmap/plugins --type=json -p [{"op":"remove","path":"/data/plugins.yaml"}]',
    'ConfigMap plugins: data',
  ],
]

interface Report {
  readonly comparisons: readonly {
    readonly resources: readonly {
      readonly resource: { readonly kind: string; readonly name: string }
      readonly change: string
      readonly changes?: readonly { readonly path: string }[]
    }[]
  }[]
}

interface SavedSteps {
  readonly steps: readonly {
    readonly action: string
    readonly resource: { readonly kind: string; readonly name: string }
  }[]
}

/** `change` and `drift` of a report, one line for each field or object. */
function linesOf(json: string): string[][] {
  const { comparisons }: Report = JSON.parse(json)
  return comparisons.map(({ resources }) =>
    resources.flatMap(({ resource: { kind, name }, change, changes = [] }) =>
      change === 'changed'
        ? changes.map(({ path }) => `${kind} ${name}: ${path}`)
        : [`${kind} ${name}: ${change}`],
    ),
  )
}

const skipped = skipReason('corpus', 'kubernetes')
describe.skipIf(skipped !== '')(`the control plane of kubevirt-2026 on an API server${skipped}`, () => {
  let copy: WorkspaceCopy | undefined
  let live: LiveWorkspace | undefined
  const run = async (...args: readonly string[]) => {
    const result = await live?.run(args, { env: { MIRROR_CA: 'a certificate' } })
    if (result === undefined) throw new Error('nothing was started')
    return result
  }

  beforeAll(async () => {
    if (programs === undefined) return
    copy = await copyWorkspace(
      trees.kubevirt2026,
      KUSTOM,
      join(import.meta.dirname, 'config/kubevirt-2026.yaml'),
    )
    await writeStubSecrets(join(copy.folder, 'overlays', OVERLAY))
    writeFileSync(join(copy.folder, 'overlays', OVERLAY, 'secrets/github/hmac-token'), 'hunter2\n')
    live = new LiveWorkspace(programs, copy.folder)
    await live.start()
    live.kubectlWith(BEFORE, 'apply', '-f', '-')
  }, 300_000)
  afterAll(async () => {
    await live?.dispose()
    await copy?.dispose()
  })

  test('is applied to an empty server, and then has no difference', async () => {
    expect(await run('golden', 'update', OVERLAY)).toMatchObject({ status: 0 })
    const applied = await run('apply', OVERLAY, ...CONTEXT, '--yes', '--no-wait')
    expect(applied).toMatchObject({ status: 0, stdout: expect.stringContaining('135 steps done') })
    const { status, stdout } = await run(...LIVE)
    expect([status, linesOf(stdout)]).toEqual([0, [[], []]])
  }, 600_000)

  test('ten kinds of changes by hand are the drift, and nothing else is', async () => {
    for (const [, args, , input = ''] of HANDS)
      live?.kubectlWith(input, '-n', 'kubevirt-prow', ...args.split(' '))
    const { status, stdout, stderr } = await run(...LIVE)
    expect([status, linesOf(stdout)[0], linesOf(stdout)[1]?.sort()]).toEqual([
      1,
      [],
      HANDS.map(([, , drift]) => drift).sort(),
    ])
    expect(stdout + stderr).not.toMatch(/hunter2|aHVudGVyM|correct-horse|Y29ycmVjdC1ob3JzZQ/u)
  }, 300_000)

  test('applying a commit does exactly what its plan says', async () => {
    changeTree(copy?.folder ?? '')
    const file = join(live?.folder ?? '', 'plan.json')
    const real = ['--secrets', 'real', '--prune', '--report', `json=${file}`]
    expect(await run('plan', OVERLAY, ...CONTEXT, ...real)).toMatchObject({ status: 0 })
    const { steps }: SavedSteps = JSON.parse(readFileSync(file, 'utf8'))
    const before = versions()
    const applied = await run('apply', OVERLAY, ...CONTEXT, '--plan', file, '--yes', '--no-wait')
    expect(applied).toMatchObject({ status: 0 })
    const said = steps.flatMap(({ action, resource: { kind, name } }) =>
      action === 'leave' ? [] : [`${action} ${kind} ${name}`],
    )
    expect(said).toContain('create Service tide')
    expect(said).toContain('prune Service prow-exporter')
    expect(happened(before, versions())).toEqual(said.sort())
    expect((await run('plan', OVERLAY, ...CONTEXT, '--secrets', 'real')).stdout).toContain('Nothing to do.')
  }, 600_000)

  /** The resource version of each object of a kind that the overlay may contain. */
  const versions = (): ReadonlyMap<string, string> => {
    const kinds =
      live?.kubectl('api-resources', '--verbs=list,delete,patch', '-o', 'name').trim().split('\n') ?? []
    const isApplied = (kind: string): boolean =>
      !/^(?:events|leases|endpoints|apiservices|flowschemas|ipaddresses|prioritylevel)/u.test(kind)
    const format =
      'jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.namespace} {.metadata.resourceVersion}{"\\n"}{end}'
    const text = live?.kubectl('get', '-A', kinds.filter(isApplied).join(','), '-o', format) ?? ''
    return new Map(
      text
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' '))]),
    )
  }
})

/** Edits the tree like a commit: different images, and one Service removed. */
function changeTree(folder: string): void {
  const base = join(folder, 'base/manifests')
  for (const path of readdirSync(base, { recursive: true, encoding: 'utf8' })) {
    const file = join(base, path)
    if (!path.endsWith('.yaml')) continue
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(
        /(k8s-infra-prow\/images\/\w+):v\d+-\w+/gu,
        '$1:v20261128-0123456',
      ),
    )
  }
  const overlay = join(folder, 'overlays', OVERLAY, 'kustomization.yaml')
  writeFileSync(overlay, readFileSync(overlay, 'utf8').replace(/.*prow-exporter-service\.yaml\n/u, ''))
}

/** The differences between two states of a cluster, as lines of a plan. */
function happened(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const lines: string[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)]
    const action =
      was === undefined ? 'create' : is === undefined ? 'prune' : was === is ? undefined : 'change'
    if (action !== undefined) lines.push(`${action} ${key.split(' ').slice(0, 2).join(' ')}`)
  }
  return lines.sort()
}
