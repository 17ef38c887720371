import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { FaultyProxy, type Verdict } from '../support/faulty-proxy.ts'
import { LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'

const programs = kubernetes()
const CONTEXT = ['--context', 'throw-away']
const APPLY = ['apply', 'production', ...CONTEXT, '--yes', '--no-wait']

const WIDGETS = `
apiVersion: example.com/v1
kind: Widget
metadata: {name: one}
spec: {size: 3}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {size: {type: integer}, colour: {type: string, default: red}}}}
`

interface Kubeconfig {
  readonly clusters: { cluster: Record<string, string> }[]
  readonly users: { readonly user: Record<string, string> }[]
}

describe.skipIf(programs === undefined)(`a cluster with problems${skipReason('kubernetes')}`, () => {
  let live: LiveWorkspace
  beforeAll(async () => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    await live.start()
  })
  afterAll(() => live?.dispose())

  /** Writes a kubeconfig with a different server or user. */
  const kubeconfig = (name: string, change: (config: Kubeconfig) => void): { KUBECONFIG: string } => {
    const config: Kubeconfig = JSON.parse(readFileSync(live.kubeconfig, 'utf8'))
    change(config)
    const file = join(live.folder, name)
    writeFileSync(file, JSON.stringify(config))
    return { KUBECONFIG: file }
  }
  const at = (name: string, server: string): { KUBECONFIG: string } =>
    kubeconfig(name, ({ clusters }) => {
      const [first] = clusters
      if (first !== undefined) first.cluster = { server }
    })
  const server = (): { port: number; token: string } => {
    const config: Kubeconfig = JSON.parse(readFileSync(live.kubeconfig, 'utf8'))
    const { port } = new URL(config.clusters[0]?.cluster['server'] ?? '')
    return { port: Number(port), token: config.users[0]?.user['token'] ?? '' }
  }

  test('without kubectl, the error says so', async () => {
    const { status, stderr } = await live.run(['plan', 'production', ...CONTEXT], {
      env: { PATH: '/usr/bin/nowhere' },
    })
    expect([status, stderr]).toEqual([2, expect.stringContaining('kubectl is not on PATH')])
  })

  test('a context that does not exist is an error with a similar name', async () => {
    const { status, stderr } = await live.run(['diff', 'live:throw-awy:production', 'production'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('did you mean throw-away?')])
  })

  test('a cluster that does not answer is an error, not an empty cluster', async () => {
    const env = at('dead', 'http://127.0.0.1:1')
    const { status, stderr } = await live.run(['diff', 'live:throw-away:production', 'production'], { env })
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('the cluster of context throw-away cannot be reached'),
    ])
  })

  test('a kind that the server does not have is an error of the plan, at its source position', async () => {
    live.put('more.yaml', 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: old}\n')
    const { status, stdout } = await live.run(['plan', 'production', ...CONTEXT])
    live.reset()
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(
        /more\.yaml:1:1: PodDisruptionBudget prow\/old: the server has no PodDisruptionBudget in policy\/v1beta1/u,
      ),
    ])
  })

  test('a request to a busy server is retried', async () => {
    const seen = new Set<string>()
    const judge = (method: string, path: string): Verdict => {
      const key = `${method} ${path}`
      if (seen.has(key) || method !== 'GET') return 'pass'
      seen.add(key)
      return 'busy'
    }
    const proxy = new FaultyProxy(server(), judge)
    const env = at('busy', await proxy.listen())
    const { status, stdout } = await live.run(['plan', 'production', ...CONTEXT], { env })
    proxy.close()
    expect([status, stdout]).toEqual([0, expect.stringContaining('3 to create')])
  })

  test('an apply that loses its connection reports the finished steps, and the next one continues', async () => {
    let writes = 0
    const proxy = new FaultyProxy(server(), (method, path) =>
      method === 'GET' || path.includes('dryRun') || ++writes === 1 ? 'pass' : 'cut',
    )
    const env = at('cut', await proxy.listen())
    const { status, stderr } = await live.run(APPLY, { env })
    proxy.close()
    expect(status).toBe(3)
    expect(stderr).toContain('  created Namespace prow\n  not created Secret prow/token\n')
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
  })

  test('a slow server is no error', async () => {
    const proxy = new FaultyProxy(server(), () => 'pass', 500)
    const env = at('slow', await proxy.listen())
    const { status, stdout } = await live.run(['plan', 'production', ...CONTEXT], { env })
    proxy.close()
    expect([status, stdout]).toEqual([0, expect.stringContaining('Nothing to do.')])
  })

  test('custom resources are applied after their definition of the same plan', async () => {
    live.put('more.yaml', WIDGETS)
    const planned = await live.run(['plan', 'production', ...CONTEXT])
    expect(planned).toMatchObject({ status: 0 })
    expect(planned.stdout).toContain(
      'more.yaml:2:1: Widget prow/one: its definition is not in the cluster yet\n',
    )
    expect(planned.stdout).toContain('info: 1 of the steps cannot be checked by the server before')
    expect(planned.stdout).toMatch(
      /create CustomResourceDefinition widgets\.example\.com\n.*create Widget prow\/one\n/su,
    )
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
    expect((await live.run(['plan', 'production', ...CONTEXT])).stdout).toContain('Nothing to do.')
    live.reset()
  })

  test('fields of other managers are reported with their owner before they are taken over', async () => {
    const big = (key: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {key: ${key}, text: ${'x'.repeat(300_000)}}\n`
    live.put('more.yaml', big('a'))
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
    const theirs =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"big","namespace":"prow"},"data":{"key":"b"}}'
    live.kubectlWith(
      theirs,
      ...'apply --server-side --force-conflicts --field-manager=argocd -f -'.split(' '),
    )
    live.kubectl('-n', 'prow', 'scale', 'deployment/deck', '--replicas=5')
    const { status, stdout } = await live.run(['plan', 'production', ...CONTEXT])
    expect(status).toBe(0)
    expect(stdout).toContain('change ConfigMap prow/big by server-side apply')
    expect(stdout).toMatch(
      /more\.yaml:4:13: ConfigMap prow\/big: \.data\.key is owned by argocd; applying takes it over/u,
    )
    expect(stdout).toMatch(
      /deck\.yaml:6:13: Deployment prow\/deck: spec\.replicas is owned by kubectl; applying takes it over/u,
    )
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
    expect(live.kubectl('-n', 'prow', 'get', 'configmap/big', '-o', 'jsonpath={.data.key}')).toBe('a')
    live.reset()
  })

  test('objects that the user may not read are reported, and the others are compared', async () => {
    live.kubectl(
      'create',
      'clusterrole',
      'reader',
      '--verb=get,list',
      '--resource=deployments.apps,namespaces',
    )
    live.kubectl('create', 'clusterrolebinding', 'reader', '--clusterrole=reader', '--user=guest')
    live.kubectl('-n', 'prow', 'scale', 'deployment/deck', '--replicas=7')
    const env = kubeconfig('guest', ({ users }) => {
      const [first] = users
      if (first !== undefined) first.user['as'] = 'guest'
    })
    const { status, stdout } = await live.run(['diff', 'live:throw-away:production', 'production'], { env })
    expect(status).toBe(1)
    expect(stdout).toContain(
      'Secret prow/token cannot be read, so it cannot be compared: secrets "token" is forbidden',
    )
    expect(stdout).toMatch(/spec\.replicas\n\s+- 1\n\s+\+ 7/u)
  })
})
