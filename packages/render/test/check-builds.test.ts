import { expect, test } from 'vitest'

import { openWorkspace } from '../src/index.ts'
import { layTree } from './temporary-tree.ts'

const POD = (name: string, image: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers:
  - name: first
    image: ${image}
    args: [--a, --b, --c]
  - name: second
    image: example.com/second:1
`

const OVERLAY = {
  'overlays/x/pods.yaml': `${POD('web', 'example.com/first:1')}---\n${POD('db', 'example.com/db:1')}---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: other}
data: {word: hello}
`,
}

/** The findings of rules about builds, as `line rule: message`. */
async function findings(
  kustomization: string,
  files: Readonly<Record<string, string>> = OVERLAY,
): Promise<string[]> {
  const workspace = await openWorkspace(
    layTree({
      ...files,
      'overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\n',
      'overlays/x/kustomization.yaml': `resources: [pods.yaml]\n${kustomization}`,
    }),
  )
  const found = await workspace.check(['x'])
  return found
    .filter(({ rule }) => /patch|dead-/u.test(rule))
    .map(({ rule, message, position }) => `${position?.line ?? 0} ${rule}: ${message}`)
}

test('patches that select nothing, change nothing, select several namespaces or use an index are found, each at its line', async () => {
  const found = await findings(`patches:
- target: {kind: Pod, name: wbe}
  patch: '[{"op": "add", "path": "/spec/x", "value": 1}]'
- target: {kind: Pod, name: web}
  patch: '[{"op": "replace", "path": "/spec/containers/0/name", "value": "first"}]'
- target: {kind: Pod|ConfigMap, namespace: ""}
  patch: '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]'
- target: {kind: Pod, name: db}
  patch: |-
    - op: remove
      path: /spec/containers/0/args/0
    - op: remove
      path: /spec/containers/0/args/1
`)
  expect(found).toEqual([
    '3 dead-patch: patches[0] selects nothing: when it runs, no object is Pod wbe',
    '5 patch-without-change: patches[1] changes nothing: Pod web is already as the patch says',
    '6 positional-json-patch: patches[1] hits name=first of Pod web by its index (replace /spec/containers/0/name)',
    '7 wide-patch: patches[2] selects objects of 2 namespaces: ConfigMap other/settings, Pod db, Pod web; `namespace: ""` selects every namespace',
    '11 positional-json-patch: patches[3] hits name=first of Pod db by its index (remove /spec/containers/0/args/0), and 1 more operations of the patch with it',
    '11 positional-json-patch: patches[3] hits "--a" of Pod db by its index (remove /spec/containers/0/args/0)',
    '13 positional-json-patch: patches[3] hits "--c" of Pod db by its index (remove /spec/containers/0/args/1)',
  ])
})

test('images and replacements without effect are found, but not those that an earlier one gives an effect', async () => {
  const found = await findings(`images:
- {name: example.com/first, newName: example.com/other}
- {name: example.com/other, newTag: "2"}
- {name: example.com/frist, newTag: "2"}
replacements:
- source: {kind: ConfigMap, name: settings, fieldPath: data.word}
  targets:
  - select: {kind: Pod, name: web}
    fieldPaths: [metadata.annotations.word]
    options: {create: true}
  - select: {kind: Pod, name: nobody}
    fieldPaths: [metadata.annotations.word]
    options: {create: true}
`)
  expect(found).toEqual([
    '5 dead-image: images[2] changes nothing: when it runs, no container has the image example.com/frist',
    '12 dead-replacement: target 1 of replacements[0] changes nothing: when it runs, no object is Pod nobody',
  ])
})

test('a patch whose object a later one deletes is not dead', async () => {
  const found = await findings(`patches:
- target: {kind: Pod, name: web}
  patch: '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]'
- patch: |-
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    $patch: delete
`)
  expect(found).toEqual([])
})

test('an overlay without patches has none of these findings', async () => {
  expect(await findings('namePrefix: my-\n')).toEqual([])
})

test('a component that two kustomizations list is applied twice, and the second time is no patch without change', async () => {
  const component = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target: {kind: Pod, name: web}
  patch: '[{"op": "replace", "path": "/spec/containers/0/image", "value": "example.com/first:2"}]'
`
  const found = await findings('bases: [../../base]\ncomponents: [../../component]\n', {
    'overlays/x/pods.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
    'base/pods.yaml': POD('web', 'example.com/first:1'),
    'base/kustomization.yaml': 'resources: [pods.yaml]\ncomponents: [../component]\n',
    'component/kustomization.yaml': component,
  })
  expect(found.filter((text) => !text.includes('positional'))).toEqual([])
  const both = await findings('bases: [../../base]\ncomponents: [../../component]\n', {
    'overlays/x/pods.yaml': POD('web', 'example.com/first:1'),
    'base/pods.yaml': POD('db', 'example.com/db:1'),
    'base/kustomization.yaml': 'resources: [pods.yaml]\ncomponents: [../component]\n',
    'component/kustomization.yaml': component,
  })
  expect(both.filter((text) => !text.includes('positional'))).toEqual([])
})

test('the position of an invalid field is the patch that set it, or the resource that has it', async () => {
  const workspace = await openWorkspace(
    layTree({
      'overlay-render.yaml': `version: 1
kustomize: {version: 4.5.4}
assert:
- {name: many, over: manifests, where: .spec.replicas, expression: . < 3, message: too many}
`,
      'overlays/x/kustomization.yaml': `resources: [web.yaml]
patches:
- {target: {kind: Deployment}, path: patch.yaml}
- path: merge.yaml
`,
      'overlays/x/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  paused: "no"
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "a:1"}]}
`,
      'overlays/x/patch.yaml': `- {op: add, path: /spec/minReadySeconds, value: "5"}
- op: add
  path: /spec/strategie
  value: {type: Recreate}
`,
      'overlays/x/merge.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
`,
    }),
  )
  const found = await workspace.check(['x'])
  expect(
    found
      .filter(({ rule }) => /schema|assert/u.test(rule))
      .map(
        ({ position, message }) => `${position?.file}:${position?.line} ${/spec\.\w+/u.exec(message)?.[0]}`,
      ),
  ).toEqual([
    'overlays/x/merge.yaml:5 spec.replicas',
    'overlays/x/patch.yaml:1 spec.minReadySeconds',
    'overlays/x/patch.yaml:4 spec.strategie',
    'overlays/x/web.yaml:5 spec.paused',
  ])
})
