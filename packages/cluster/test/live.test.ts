import { dirname } from 'node:path'

import {
  formatId,
  formatPath,
  type ManifestDiff,
  type Manifests,
  parseManifests,
} from '@overlay-render/golden'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { rolloutState } from '../src/apply/rollout-state.ts'
import { skipReason } from '../../../test/support/needs.ts'
import { kubernetes } from '../../../test/support/oracles.ts'
import {
  applyPlan,
  askServer,
  compareLive,
  type Kubectl,
  openKubectl,
  planOf,
  startThrowAwayServer,
  THROW_AWAY_CONTEXT,
  type ThrowAwayServer,
} from '../src/index.ts'

const programs = kubernetes()

const manifests = (cpu: string, namespace = 'prow'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: deck, namespace: ${namespace}}
spec:
  replicas: 1
  selector: {matchLabels: {app: deck}}
  template:
    metadata: {labels: {app: deck}}
    spec:
      containers:
      - {name: deck, image: 'deck:v1', env: [{name: A, value: ''}], resources: {requests: {cpu: ${cpu}}}}
---
apiVersion: v1
kind: Secret
metadata: {name: token, namespace: ${namespace}}
stringData: {token: hunter2}
---
apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}}
`
const read = (text: string) => parseManifests(text, { file: 'prow' })
const planFor = async (kubectl: Kubectl, after: Manifests) => {
  const { diff, sides } = await compareLive(kubectl, after)
  return planOf({ diff, ...sides }, { title: 'prow' })
}
const placesOf = (diff: ManifestDiff): string[] =>
  diff.resources.flatMap(({ id, kind, changes }) =>
    changes.length === 0
      ? [`${kind} ${formatId(id)}`]
      : changes.map(({ path }) => `${formatId(id)} ${formatPath(path)}`),
  )

/** Changes that people make with kubectl. */
const BY_HAND = [
  '-n prow scale deployment/deck --replicas=3',
  '-n prow label deployment/deck by=hand',
  '-n prow annotate deployment/deck note=hand',
  '-n prow set image deployment/deck deck=deck:v2',
  '-n prow set env deployment/deck B=2',
  '-n prow create secret generic extra --from-literal=token=secret-value',
  '-n prow patch secret/token -p {"data":{"token":"c2VjcmV0LXZhbHVl"}}',
]

const GAVE_UP = {
  type: 'Progressing',
  status: 'False',
  reason: 'ProgressDeadlineExceeded',
  message: 'too slow',
}
const NUMBERS = [
  {},
  { observedGeneration: 0 },
  { updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2 },
  { updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1 },
  { updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 },
  { replicas: 3, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 2 },
  { updatedReplicas: 2, conditions: [GAVE_UP] },
].map((numbers) => ({
  updatedReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
  replicas: 2,
  conditions: [],
  ...numbers,
}))
const DAEMON = { currentNumberScheduled: 2, numberMisscheduled: 0, numberReady: 0 }
const ROLLOUTS: readonly (readonly [string, object])[] = [
  ...NUMBERS.map((status) => ['Deployment', status] as const),
  ...NUMBERS.map((status) => ['StatefulSet', status] as const),
  ...[
    {},
    { updatedNumberScheduled: 2, numberAvailable: 1 },
    { updatedNumberScheduled: 2, numberAvailable: 2 },
  ].map((status) => ['DaemonSet', { ...DAEMON, desiredNumberScheduled: 2, ...status }] as const),
]

/** A workload, with two pods where the kind has replicas. */
function workload(kind: string, name: string): object {
  const labels = { app: name }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'a:1' }] } }
  const replicas = kind === 'DaemonSet' ? {} : { replicas: 2 }
  const metadata = { name, namespace: 'default' }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata,
    spec: { ...replicas, selector: { matchLabels: labels }, template },
  }
}

describe.skipIf(programs === undefined)(`a live cluster${skipReason('kubernetes')}`, () => {
  let server: ThrowAwayServer | undefined
  let kubectl: Kubectl
  const open = (context: string, kubeconfig: string): Promise<Kubectl> =>
    openKubectl({
      context,
      kubeconfig,
      kubectl: programs?.kubectl,
      environment: { HOME: dirname(kubeconfig) },
    })

  beforeAll(async () => {
    if (programs === undefined) return
    server = await startThrowAwayServer(programs)
    kubectl = await open(THROW_AWAY_CONTEXT, server.kubeconfig)
  })
  afterAll(() => server?.dispose())

  test('starts empty, gets the manifests in order, and then has no difference', async () => {
    const after = read(manifests('"1"'))
    const plan = await planFor(kubectl, after)
    expect(plan.steps.map(({ action, id }) => `${action} ${formatId(id)}`)).toEqual([
      'create Namespace prow',
      'create Secret prow/token',
      'create Deployment prow/deck',
    ])
    expect((await askServer(kubectl, plan, after)).map(({ rule }) => rule)).toEqual(['not-asked'])
    await applyPlan(kubectl, plan, after, { wait: false })
    const again = await compareLive(kubectl, read(manifests('1000m')))
    expect([placesOf(again.diff), placesOf(again.drift)]).toEqual([[], []])
  })

  test('has drift from changes by hand, separate from the changes of the manifests', async () => {
    for (const args of BY_HAND) expect(await kubectl.run(args.split(' '))).toMatchObject({ ok: true })
    const { change, drift, changedBy } = await compareLive(kubectl, read(manifests('"2"')))
    expect(placesOf(drift)).toEqual([
      'Deployment prow/deck metadata.annotations.note',
      'Deployment prow/deck metadata.labels',
      'Deployment prow/deck spec.replicas',
      'Deployment prow/deck spec.template.spec.containers[name=deck].env[name=B]',
      'Deployment prow/deck spec.template.spec.containers[name=deck].image',
      'added Secret prow/extra',
      'Secret prow/token data.token',
    ])
    expect(placesOf(change)).toEqual([
      'Deployment prow/deck spec.template.spec.containers[name=deck].resources.requests.cpu',
    ])
    expect([...changedBy.values()].flat()).toContain('kubectl-label')
    const secrets = ['hunter2', 'secret-value', 'c2VjcmV0LXZhbHVl', 'aHVudGVyMg==']
    expect(secrets.filter((secret) => JSON.stringify([change, drift]).includes(secret))).toEqual([])
  })

  test('keeps fields that others added, as kubectl apply does', async () => {
    const after = read(manifests('"1"'))
    const plan = await planFor(kubectl, after)
    expect(
      plan.steps.map(({ action, id, reasons }) => `${action} ${formatId(id)} ${reasons.join()}`),
    ).toEqual([
      'leave Namespace prow ',
      'change Secret prow/token data.token',
      'change Deployment prow/deck its pods are replaced: spec.template.spec.containers[name=deck].image changes',
    ])
    await applyPlan(kubectl, plan, after, { wait: false })
    expect((await planFor(kubectl, after)).steps.map(({ action }) => action)).toEqual([
      'leave',
      'leave',
      'leave',
    ])
    const { change, drift } = await compareLive(kubectl, after)
    expect(placesOf(change)).toEqual([])
    expect(placesOf(drift)).toEqual([
      'Deployment prow/deck metadata.annotations.note',
      'Deployment prow/deck metadata.labels',
      'Deployment prow/deck spec.template.spec.containers[name=deck].env[name=B]',
      'added Secret prow/extra',
    ])
  })

  test('refuses an object: the finding has the reason', async () => {
    const after = read(manifests('"1"').replace('name: deck, image', 'name: Deck_, image'))
    const plan = await planFor(kubectl, after)
    const [finding] = await askServer(kubectl, plan, after)
    expect(finding).toMatchObject({
      rule: 'refused-by-server',
      severity: 'error',
      position: { file: 'prow' },
    })
  })

  test.each(ROLLOUTS)(
    'a rollout has ended exactly when it has for kubectl rollout status: %s %j',
    async (kind, status) => {
      const name = `rollout-${kind.toLowerCase()}`
      const made = JSON.stringify(workload(kind, name))
      expect(await kubectl.run(['apply', '-f', '-'], { input: made })).toMatchObject({ ok: true })
      const patch = JSON.stringify({ status: { observedGeneration: 5, ...status } })
      const args = ['patch', kind, name, '--subresource=status', '--type=merge', '-p', patch]
      expect(await kubectl.run(args)).toMatchObject({ ok: true })
      const { stdout } = await kubectl.run(['get', kind, name, '-o', 'json'])
      const said = await kubectl.run(['rollout', 'status', kind, name, '--watch=false'])
      const ended =
        said.ok && /successfully rolled out|roll out complete|rolling update complete/u.test(said.stdout)
      expect(rolloutState(JSON.parse(stdout)).kind).toBe(ended ? 'ended' : said.ok ? 'waiting' : 'failed')
    },
  )

  test('a context that does not exist is an error with a similar name', async () => {
    const wrong = await open('throw-awy', server?.kubeconfig ?? '')
    await expect(compareLive(wrong, read(manifests('1')))).rejects.toMatchObject({
      code: 'context-unknown',
      hint: 'did you mean throw-away?',
    })
  })
})
