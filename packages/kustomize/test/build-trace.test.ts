import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { diskView, Tree } from '@overlay-render/system'
import { afterEach, describe, expect, test } from 'vitest'

import {
  buildKustomize,
  type BuildTrace,
  effectsOf,
  type Kustomize,
  traceBuild,
  walkInputs,
} from '../src/index.ts'
import { allKustomizes, corpus, hasCorpus, installedKustomizes, kustomize4 } from './oracles.ts'
import { makeTree, removeTrees, stageGraph } from './scratch-tree.ts'

afterEach(removeTrees)

/** Builds a root of a tree in a stage, and traces that build. */
async function trace(boundary: string, root: string, kustomize: Kustomize): Promise<BuildTrace> {
  const tree = new Tree(diskView, { boundary: [boundary], shown: (path) => path.replace(`${boundary}/`, '') })
  const graph = walkInputs(join(boundary, root), { tree, version: kustomize.version })
  expect(graph.faults.map(({ message }) => message)).toEqual([])
  const staged = await stageGraph(graph, boundary)
  const stage = staged.slice(0, -root.length - 1)
  const { manifests } = await buildKustomize({ kustomize, root: staged })
  return traceBuild({ kustomize, root: staged, stage, graph, tree, manifests })
}

/** A line for each patch: its field and index, and the resources that it changed, or in brackets selected without a change. */
function report(traced: BuildTrace): string[] {
  return traced.roots.flatMap(({ steps }) =>
    steps
      .filter(({ patch }) => patch !== undefined)
      .map((step) => {
        const effects = effectsOf(traced, step).map(({ resource, before, after }) => {
          const name = /^ {2}name: (.*)$/mu.exec(resource.final.get('metadata') ?? '')?.[1] ?? ''
          const isChanged = [...before].some(([section, text]) => after.get(section) !== text)
          return isChanged ? name : `(${name})`
        })
        return `${step.field}[${step.index}]: ${effects.join(' ') || 'nothing'}`
      }),
  )
}

const BASE = {
  'base/kustomization.yaml': `resources: [all.yaml, list.yaml]
patches:
- target: {kind: Deployment, name: one}
  patch: |-
    - op: replace
      path: /spec/replicas
      value: 3
`,
  'base/all.yaml': `# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: one
spec:
  replicas: 1
  selector: {matchLabels: {app: one}}
  template:
    metadata: {labels: {app: one}}
    spec:
      serviceAccountName: me
      containers:
      - name: c
        image: example.com/c:1
---
{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "me"}}
`,
  'base/list.yaml': `apiVersion: v1
kind: ConfigMapList
items:
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: first
  data: {a: "1"}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: second}, data: {a: "2"}}
`,
  'overlay/kustomization.yaml': `resources: [../base]
namespace: there
namePrefix: my-
commonLabels: {team: us}
configMapGenerator:
- name: generated
  literals: [a=1]
patchesStrategicMerge:
- merge.yaml
- |-
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: second}
  data: {b: "2"}
patches:
- target: {kind: Deployment, name: one, namespace: default}
  patch: |-
    - op: add
      path: /metadata/annotations
      value: {a: b}
- target: {kind: Deployment, name: two}
  patch: |-
    - op: add
      path: /metadata/annotations
      value: {a: b}
- target: {kind: ConfigMap}
  path: data.yaml
patchesJson6902:
- target: {group: apps, version: v1, kind: Deployment, name: one}
  patch: |-
    - op: replace
      path: /spec/replicas
      value: 3
images:
- name: example.com/c
  newTag: "2"
`,
  'overlay/merge.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: one}
spec: {paused: yes}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: me}
automountServiceAccountToken: false
`,
  'overlay/data.yaml': `- op: replace
  path: /data/a
  value: "2"
`,
}

test('a trace has what every patch selected and changed, for every installed kustomize', async () => {
  for (const kustomize of await installedKustomizes()) {
    const root = await makeTree(BASE)
    const traced = await trace(root, 'overlay', kustomize)
    expect([kustomize.version, traced.doubt]).toEqual([kustomize.version, undefined])
    expect(report(traced).map((line) => line.replace(/-[\da-z]{10}\b/u, ''))).toEqual([
      'patches[0]: my-one',
      'patchesStrategicMerge[0]: my-me my-one',
      'patchesStrategicMerge[1]: my-second',
      'patches[0]: my-one',
      'patches[1]: nothing',
      expect.stringMatching(/^patches\[2\]: my-first(?: my-generated| \(my-second\)){2}$/u),
      'patchesJson6902[0]: (my-one)',
    ])
    expect(traced.resources.every(({ origins }) => origins.length === 1)).toBe(true)
  }
}, 60_000)

test('states have images before `images` is applied', async () => {
  const root = await makeTree(BASE)
  const traced = await trace(root, 'overlay', await kustomize4())
  const deployment = traced.resources.find(({ final }) => final.get('kind')?.includes('Deployment'))
  expect(deployment?.final.get('spec')).toContain('example.com/c:2')
  expect(deployment?.sections.get('spec')).toContain('example.com/c:1')
})

test('a trace is doubtful when the build with probes has another result', async () => {
  const root = await makeTree({
    'overlay/kustomization.yaml': `resources: [all.yaml]
images: [{name: c, newTag: "2"}]
replacements:
- source: {kind: Pod, fieldPath: 'spec.containers.[name=c].image'}
  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.image]}]
`,
    'overlay/all.yaml': `apiVersion: v1
kind: Pod
metadata: {name: pod}
spec: {containers: [{name: c, image: c:1}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {image: ''}
`,
  })
  const { doubt } = await trace(root, 'overlay', await kustomize4())
  expect(doubt).toBe('with probes kustomize builds another data')
})

const BUILDABLE = [
  ['kubevirt-2026', 'prow-deploy/kustom/overlays/kubevirt-prow-control-plane', 135, [23, 26, 28, 35]],
  ['kubevirt-2026', 'prow-deploy/kustom/overlays/prow-workloads', 43, []],
  ['kubevirt-2021', 'prow-deploy/kustom/overlays/workloads-production', 10, []],
  ['metal3-2026', 'prow/manifests/overlays/metal3', 79, []],
] as const

describe.skipIf(!hasCorpus)('the corpus (skipped: needs the shared corpus)', () => {
  test.each(BUILDABLE)(
    '%s %s: %i resources, and patches %j select nothing',
    async (name, root, count, dead) => {
      const copy = await makeTree({})
      await cp(join(corpus, name), copy, { recursive: true })
      const tree = new Tree(diskView, { boundary: [copy] })
      for (const { real, role } of walkInputs(join(copy, root), { tree, version: '4.5.4' }).missing) {
        await mkdir(dirname(real), { recursive: true })
        await writeFile(
          real,
          role === 'resource' ? 'apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n' : 'a=b\n',
        )
      }
      for (const kustomize of await allKustomizes()) {
        const traced = await trace(copy, root, kustomize)
        expect([traced.doubt, traced.resources.length]).toEqual([undefined, count])
        const steps = traced.roots.at(-1)?.steps.filter(({ field }) => field === 'patches') ?? []
        expect(
          steps.filter((step) => effectsOf(traced, step).length === 0).map(({ index }) => index),
        ).toEqual(dead)
      }
    },
    60_000,
  )
})
