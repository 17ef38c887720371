import { expect, test } from 'vitest'

import { openWorkspace } from '../src/index.ts'
import { layTree } from './temporary-tree.ts'

// What a build cluster has is known from the overlay that is deployed to it.

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: test-pods}\n'
const JOBS = `periodics:
- name: nightly
  interval: 24h
  spec:
    containers:
    - {image: "example.com/builder:1", command: [make], envFrom: [{secretRef: {name: token}}]}
`

/** The rules that report something for a workspace with an overlay of a name, and a job in a cluster. */
async function rules(overlay: string, cluster: string, settings = '{}'): Promise<string[]> {
  const folder = layTree({
    'overlay-render.yaml': `version: 1
prow: {jobs: [jobs], overlays: ${settings}}
overlays: [{path: ${overlay}, kind: folder}]
`,
    [`${overlay}/a.yaml`]: OBJECT,
    'jobs/jobs.yaml': `${JOBS}  cluster: ${cluster}\n`,
  })
  const found = await (await openWorkspace(folder)).checkProw()
  return found.map(({ rule }) => rule)
}

test('an overlay with the name of a context is what that cluster has', async () => {
  expect(await rules('build', 'build')).toContain('missing-object')
  expect(await rules('build', 'other')).not.toContain('missing-object')
})

test('an overlay named default is the cluster default only if the settings say so', async () => {
  expect(await rules('default', 'default')).not.toContain('missing-object')
  expect(await rules('default', 'default', '{default: default}')).toContain('missing-object')
  expect(await rules('control-plane', 'default', '{control-plane: default}')).toContain('missing-object')
})

// Jobs run in another cluster, to which crier has no kubeconfig.
const REMOTE =
  'periodics:\n- {name: a, cluster: build, interval: 1h, spec: {containers: [{image: i, command: [make]}]}}\n'
const CRIER = `apiVersion: apps/v1
kind: Deployment
metadata: {name: crier, namespace: prow}
spec:
  template:
    spec:
      containers:
      - name: crier
        args:
        - --dry-run=false
        - --kubeconfig=/etc/kubeconfig/config
        env:
        - name: KUBECONFIG
          value: /etc/kubeconfig/config
`
/** Where a text has a part, as `line:column`. */
function placeOf(text: string, part: string): string {
  const lines = text.slice(0, text.indexOf(part)).split('\n')
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

test.for([
  ['an argument', CRIER, '--kubeconfig='],
  ['a variable', CRIER.replace('        - --kubeconfig=/etc/kubeconfig/config\n', ''), 'value: /etc'],
  ['nothing', CRIER.slice(0, CRIER.indexOf('        args')), 'name: crier\n'],
] as const)('a missing mount is found where %s names the kubeconfig', async ([, deployment, part]) => {
  for (const [settings, tree] of [
    ['{path: production, kind: folder}', {}],
    ['production', { 'production/kustomization.yaml': 'resources: [crier.yaml]\nnamePrefix: ""\n' }],
  ] as const) {
    const folder = layTree({
      'overlay-render.yaml': `version: 1\nprow: {jobs: [jobs]}\noverlays: [${settings}]\n`,
      'production/crier.yaml': deployment,
      'jobs/jobs.yaml': REMOTE,
      ...tree,
    })
    const found = await (await openWorkspace(folder)).checkProw()
    const { position } = found.find(({ rule }) => rule === 'kubeconfig-mount') ?? {}
    expect(position && `${position.file}:${position.line}:${position.column}`).toBe(
      `production/crier.yaml:${placeOf(deployment, part)}`,
    )
  }
})
