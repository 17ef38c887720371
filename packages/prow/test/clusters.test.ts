import { describe, expect, test } from 'vitest'

import {
  checkKubeconfigs,
  inventoryJson,
  inventoryMarkdown,
  type KubeconfigSemantics,
  loadProw,
  mergeKubeconfigs,
  printKubeconfig,
  readKubeconfig,
  takeInventory,
} from '../src/index.ts'
import { fileOf } from './support/read-tree.ts'

const SECRET = 'hunter2-token'

function kubeconfig(name: string, context: string, { cluster = 'c', token = SECRET } = {}): string {
  return `apiVersion: v1
kind: Config
current-context: ${context}
clusters:
- name: ${cluster}
  cluster: {server: https://${name}.example}
users:
- name: u
  user: {token: ${token}}
contexts:
- name: ${context}
  context: {cluster: ${cluster}, user: u}
`
}

const read = (path: string, text: string) => readKubeconfig(fileOf(path, text))
const merge = (semantics: KubeconfigSemantics, ...texts: string[]): string =>
  printKubeconfig(
    mergeKubeconfigs(
      texts.map((text, index) => read(`${index}.yaml`, text)),
      semantics,
    ),
  )
const reads = (text: string) => checkKubeconfigs([read('merged.yaml', text)], [])

describe('kubeconfig merge', () => {
  const [a, b] = [kubeconfig('a', 'one'), kubeconfig('b', 'two', { token: 'other' })]

  test('as Prow, clusters and users of two files with the same name stay separate', () => {
    const merged = merge('prow', a, b)
    expect(merged).toContain('https://a.example')
    expect(merged).toContain('https://b.example')
    expect(merged).toContain('current-context: two')
    expect(merged).toMatch(/name: two\n\s+context:\n\s+cluster: c-2\n\s+user: u-2/u)
    expect(reads(merged)).toEqual([])
  })

  test.each(['prow', 'kubectl', 'union'] as const)(
    'what is merged as %s is checked as one file',
    (semantics) => {
      const [one, two] = [kubeconfig('a', 'one'), kubeconfig('b', 'two', { cluster: 'd', token: SECRET })]
      expect(reads(merge(semantics, one, two))).toEqual([])
      const dangling = two.replace('cluster: d,', 'cluster: nowhere,')
      expect(dangling).not.toBe(two)
      expect(reads(merge(semantics, one, dangling)).map(({ message }) => message)).toEqual([
        'the context two names the cluster nowhere, which merged.yaml does not have',
      ])
    },
  )

  test('as Prow, two contexts with the same name are refused', () => {
    expect(() => merge('prow', a, a)).toThrow('collide in 1 name')
  })

  test('as kubectl, the first entry with a name wins', () => {
    const merged = merge('kubectl', a, b)
    expect(merged).toContain('https://a.example')
    expect(merged).not.toContain('https://b.example')
    expect(merged).toContain('current-context: one')
  })

  test('as a union, entries with the same name must be equal', () => {
    expect(() => merge('union', a, b)).toThrow('collide in 2 names')
    expect(merge('union', a, a)).toBe(merge('union', a))
    expect(reads(merge('union', a, kubeconfig('b', 'two', { cluster: 'd' })))).toEqual([])
  })
})

describe('kubeconfig check', () => {
  const rules = (texts: readonly string[], jobs = ''): string[] =>
    checkKubeconfigs(
      texts.map((text, index) => read(`${index}.yaml`, text)),
      loadProw({ jobs: [fileOf('jobs.yaml', jobs)] }).jobs,
    ).map(({ rule }) => rule)

  test('a context that the configuration names and no file defines is a finding, with a similar name', () => {
    const configs = [read('a.yaml', kubeconfig('a', 'build'))]
    const found = checkKubeconfigs(configs, [], ['build', 'biuld', 'default', 'in-cluster'])
    expect(found).toMatchObject([{ rule: 'kubeconfig-context', hint: 'did you mean build?' }])
  })

  test('a valid file has no finding', () => {
    expect(rules([kubeconfig('a', 'one')])).toEqual([])
  })

  test.each([
    [
      'a name that is taken',
      [kubeconfig('a', 'one'), kubeconfig('b', 'one')],
      ['kubeconfig-collision', 'kubeconfig-collision'],
    ],
    [
      'a user that is not there',
      [kubeconfig('a', 'one').replace('user: u}', 'user: v}')],
      ['kubeconfig-reference'],
    ],
    [
      'in-cluster without a user',
      [kubeconfig('a', 'in-cluster').replace(', user: u}', '}')],
      ['kubeconfig-user'],
    ],
    [
      'a current-context that is not there',
      [kubeconfig('a', 'one').replace('current-context: one', 'current-context: two')],
      ['kubeconfig-reference'],
    ],
  ])('%s is found', (_, texts, expected) => {
    expect(rules(texts)).toEqual(expected)
  })

  test('contexts that jobs name and no file defines are found, with the number of jobs', () => {
    const jobs =
      'periodics:\n- {name: a, cluster: tow, interval: 1h, spec: {}}\n- {name: b, agent: jenkins, cluster: x, interval: 1h}\n'
    expect(rules([kubeconfig('a', 'two')], jobs)).toEqual(['kubeconfig-context'])
    const explicit = kubeconfig('a', 'two').replace('current-context: two\n', '')
    expect(rules([explicit], 'periodics:\n- {name: a, interval: 1h, spec: {}}\n')).toEqual([
      'kubeconfig-context',
    ])
  })
})

test.each([
  ['a text', SECRET],
  ['a list', `- ${SECRET}`],
  ['broken YAML', `kind: Config\nusers: [{name: u, user: {token: "${SECRET}`],
  ['another object', `kind: Secret\ndata: {token: ${SECRET}}`],
  ['bytes', '\u0000\u0001'],
  ['a cyclic alias', `clusters: &c [*c]\ntoken: ${SECRET}`],
])('%s is refused as a kubeconfig, and nothing of it is shown', (_, text) => {
  const failure = (() => {
    try {
      read('k.yaml', text)
      return ''
    } catch (error) {
      return error instanceof Error ? `${error.message}${JSON.stringify(error)}` : ''
    }
  })()
  expect(failure).toContain('k.yaml is not a kubeconfig')
  expect(failure).not.toContain(SECRET)
})

test('no finding and no conflict shows a credential', () => {
  const texts = [kubeconfig('a', 'one'), kubeconfig('b', 'one', { token: `${SECRET}2` })]
  const configs = texts.map((text, index) => read(`${index}.yaml`, text))
  expect(JSON.stringify(checkKubeconfigs(configs, []))).not.toContain(SECRET)
  expect(() => mergeKubeconfigs(configs, 'union')).not.toThrow(SECRET)
})

test('an inventory lists components, images, hosts, clusters and buckets', () => {
  const prow = loadProw({
    config: fileOf(
      'config.yaml',
      'decorate_all_jobs: true\nplank: {default_decoration_configs: {"*": {gcs_configuration: {bucket: results}}}}',
    ),
    jobs: [
      fileOf(
        'jobs.yaml',
        'periodics:\n- {name: a, cluster: build, interval: 1h, spec: {containers: [{image: i}]}}\n',
      ),
    ],
  })
  const inventory = takeInventory(prow, [
    {
      context: 'build',
      overlay: 'workloads',
      objects: [
        {
          kind: 'Deployment',
          namespace: 'prow',
          name: 'deck',
          value: { spec: { template: { spec: { containers: [{ image: 'deck:1' }] } } } },
        },
        {
          kind: 'Ingress',
          namespace: 'prow',
          name: 'prow',
          value: { spec: { rules: [{ host: 'prow.example' }] } },
        },
      ],
    },
  ])
  const page = inventoryMarkdown(inventory)
  for (const word of [
    '## workloads',
    '`prow.example`',
    '| deck | Deployment | prow | `deck:1` |',
    '| build | 1 |',
    '`results`',
  ]) {
    expect(page).toContain(word)
  }
  expect(JSON.parse(inventoryJson(inventory))).toMatchObject({
    overlays: [{ jobs: 1 }],
    buckets: ['results'],
  })
})
