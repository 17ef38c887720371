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
