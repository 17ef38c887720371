import { expect, test } from 'vitest'

import { openWorkspace } from '../src/index.ts'
import { layTree } from './temporary-tree.ts'

const JOBS = `presets:
- labels: {preset-proxy: "true"}
  env:
  - name: PROXY
    value: http://proxy
presubmits:
  example/project:
  - name: build
    labels: {preset-proxy: "true"}
    spec:
      containers:
      - name: first
        image: example.com/builder:1
      - name: second
        image: example.com/builder:latest
periodics:
- name: nightly
  interval: 24h
  spec:
    containers:
    - image: example.com/builder:1
`

/** The findings of assertions over jobs, as `line: object`. */
async function findings(where: string, expression: string): Promise<string[]> {
  const folder = layTree({
    'overlay-render.yaml': `version: 1
kustomize: {version: 4.5.4}
prow: {jobs: [jobs]}
overlays: [{path: plain, kind: folder}]
assert:
- {name: a, over: jobs, where: '${where}', expression: '${expression}', message: wrong}
`,
    'plain/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    'jobs/jobs.yaml': JOBS,
  })
  const found = await (await openWorkspace(folder)).check(['plain'])
  return found.map(({ position, object }) => `${position?.file}:${position?.line} ${object}`)
}

test('the position of an assertion over jobs is the line of the node', async () => {
  expect(await findings('.spec.containers[].image', 'test(":latest$") | not')).toEqual([
    'jobs/jobs.yaml:15 presubmit build of example/project spec.containers.1.image',
  ])
})

test('a value of a preset is reported at the preset, and a default at the job', async () => {
  expect(await findings('.spec.containers[].env[]', '.name != "PROXY"')).toEqual([
    expect.stringMatching(/^jobs\/jobs\.yaml:[45] presubmit build/u),
    expect.stringMatching(/^jobs\/jobs\.yaml:[45] presubmit build/u),
  ])
  expect(await findings('select(.name == "nightly") | .cluster', '. == "other"')).toEqual([
    'jobs/jobs.yaml:17 periodic nightly cluster',
  ])
})
