import { join, relative } from 'node:path'

import { Fault } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { explainResource } from '../src/explain/explain-overlay.ts'
import {
  type ExplainedValue,
  type Explanation,
  explanationJson,
  formatExplanation,
  openWorkspace,
} from '../src/index.ts'
import { layTree } from './temporary-tree.ts'

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: first
        image: example.com/first:1
        args:
        - --one
      - name: second
        image: example.com/second:1
`

const FILES = {
  'overlay-render.yaml': `version: 1
kustomize: {version: 4.5.4}
configs: {base: files, files: [config.yaml], scripts: yq_scripts}
settings:
  x:
    templates: [{from: templates/rbac.yaml, to: rbac.yaml}]
    values: {users: [ann, bob]}
    edits:
      - {file: web.yaml, expression: '.spec.replicas = 2'}
`,
  'files/config.yaml': '# the base\nplank:\n  a: base\n  b: base\nlist: [{name: x, v: 1}]\n',
  'templates/rbac.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: admins}
roleRef: {kind: Role, name: admin, apiGroup: rbac.authorization.k8s.io}
subjects:
{% for user in users %}
- kind: User
  name: {{ user }}
{% endfor %}
`,
  'overlays/x/web.yaml': DEPLOYMENT,
  'overlays/x/yq_scripts/config.yaml': '.plank.b = "patched" |\n.list[0].v = 7\n',
  'overlays/x/kustomization.yaml': `resources: [web.yaml, rbac.yaml]
components: [../../component]
namespace: there
commonLabels:
  team: us
images:
- name: example.com/second
  newTag: "2"
configMapGenerator:
- name: config
  files: [configs/config.yaml]
  literals: [word=hello]
secretGenerator:
- name: secret
  files: [key]
patches:
- path: merge.yaml
- target: {kind: Deployment}
  patch: |-
    - op: add
      path: /spec/template/spec/containers/0/args/-
      value: --two
    - op: add
      path: /spec/template/spec/containers/1/args
      value: [--three]
- target: {kind: Deployment}
  patch: |-
    - op: replace
      path: /spec/paused
      value: true
generatorOptions: {disableNameSuffixHash: true}
`,
  'overlays/x/key': 'hunter2',
  'overlays/x/merge.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  paused: false
  template:
    spec:
      containers:
      - name: first
        tty: true
`,
  'component/kustomization.yaml': `kind: Component
patches:
- target: {kind: Deployment}
  path: minimum.yaml
`,
  'component/minimum.yaml': '- op: add\n  path: /spec/minReadySeconds\n  value: 5\n',
}

/** A value and its steps, as `value file:line`. */
function linesOf({ path, steps }: ExplainedValue): string {
  const shown = steps.map(
    ({ position, value }) => `${String(value)} ${position?.file ?? ''}:${position?.line ?? 0}`,
  )
  return `${path} = ${shown.join(', ')}`
}

/** Renders once. The result explains any value of that render. */
async function openTraced(
  files: Readonly<Record<string, string>>,
): Promise<(resource: string, path?: string) => Explanation> {
  const folder = layTree(files)
  const traced = await (await openWorkspace(folder)).traced('x')
  const context = { folder: join(folder, 'overlays/x'), shown: (path: string) => relative(folder, path) }
  return (resource, path) => explainResource(traced, resource, path, context)
}

const KUSTOMIZATION = 'overlays/x/kustomization.yaml'

const VALUES: readonly (readonly [resource: string, path: string, lines: readonly string[]])[] = [
  ['Deployment/web', '.spec.replicas', ['.spec.replicas = 1 overlays/x/web.yaml:6, 2 overlay-render.yaml:9']],
  ['web', 'spec.paused', [`.spec.paused = false overlays/x/merge.yaml:5, true ${KUSTOMIZATION}:30`]],
  [
    'web',
    'spec.template.spec.containers[1].args[0] (--three)',
    [`.spec.template.spec.containers[1].args[0] = --three ${KUSTOMIZATION}:25`],
  ],
  ['web', '.spec.minReadySeconds', ['.spec.minReadySeconds = 5 component/minimum.yaml:3']],
  ['web', '.metadata.namespace', [`.metadata.namespace = there ${KUSTOMIZATION}:3`]],
  ['web', '.metadata.labels', [`.metadata.labels.team = us ${KUSTOMIZATION}:5`]],
  [
    'web',
    '.spec.template.spec.containers[] | select(.name == "second") | .image',
    [
      '.spec.template.spec.containers[1].image = example.com/second:1 overlays/x/web.yaml:15, ' +
        `example.com/second:2 ${KUSTOMIZATION}:8`,
    ],
  ],
  // As reports name it.
  [
    'web',
    'spec.template.spec.containers[name=second].image',
    [
      '.spec.template.spec.containers[1].image = example.com/second:1 overlays/x/web.yaml:15, ' +
        `example.com/second:2 ${KUSTOMIZATION}:8`,
    ],
  ],
  [
    'config',
    'data["config.yaml"] > .list[v=7].v',
    ['.data["config.yaml"].list[0].v = 1 files/config.yaml:5, 7 overlays/x/yq_scripts/config.yaml:2'],
  ],
  [
    'web',
    '.spec.template.spec.containers[].args[]',
    [
      '.spec.template.spec.containers[0].args[0] = --one overlays/x/web.yaml:13',
      `.spec.template.spec.containers[0].args[1] = --two ${KUSTOMIZATION}:22`,
      `.spec.template.spec.containers[1].args[0] = --three ${KUSTOMIZATION}:25`,
    ],
  ],
  [
    'web',
    '.spec.template.spec.containers[0].tty',
    ['.spec.template.spec.containers[0].tty = true overlays/x/merge.yaml:10'],
  ],
  ['config', '.data.word', [`.data.word = hello ${KUSTOMIZATION}:12`]],
  [
    'config',
    '.data["config.yaml"].plank',
    [
      '.data["config.yaml"].plank.a = base files/config.yaml:3',
      '.data["config.yaml"].plank.b = base files/config.yaml:4, patched overlays/x/yq_scripts/config.yaml:1',
    ],
  ],
  [
    'config',
    '.data["config.yaml"].list[0].v',
    ['.data["config.yaml"].list[0].v = 1 files/config.yaml:5, 7 overlays/x/yq_scripts/config.yaml:2'],
  ],
  ['admins', '.subjects[1].name', ['.subjects[1].name = bob templates/rbac.yaml:8']],
]

test('a value is explained by the lines that set it', async () => {
  const explain = await openTraced(FILES)
  for (const [resource, path, lines] of VALUES) {
    const { values, doubt } = explain(resource, path)
    expect(doubt).toBeUndefined()
    expect(values.map((value) => linesOf(value))).toEqual(lines)
  }
})

test('a resource is explained by its file and every step that changed it, in order', async () => {
  const workspace = await openWorkspace(layTree(FILES))
  const { steps } = await workspace.explain('x', 'Deployment/there/web')
  expect(steps.map(({ kind, title, position, changed }) => [kind, title, position?.line, changed])).toEqual([
    ['file', 'overlays/x/web.yaml', 1, true],
    ['edit', 'the edit of web.yaml', 9, undefined],
    ['component', 'patches[0] of component/kustomization.yaml', 3, true],
    ['patch', `patches[0] of ${KUSTOMIZATION}`, 17, true],
    ['patch', `patches[1] of ${KUSTOMIZATION}`, 18, true],
    ['patch', `patches[2] of ${KUSTOMIZATION}`, 26, true],
    ['field', `namespace of ${KUSTOMIZATION}`, 3, true],
    ['field', `commonLabels of ${KUSTOMIZATION}`, 5, true],
    ['field', `images[0] of ${KUSTOMIZATION}`, 7, true],
  ])
})

test('the values of a Secret are never shown', async () => {
  const workspace = await openWorkspace(layTree(FILES))
  const explanation = await workspace.explain('x', 'Secret/secret', '.')
  const text = formatExplanation(explanation) + explanationJson(explanation)
  expect(text).toContain('.data.key')
  for (const secret of ['hunter2', 'stub of key', Buffer.from('stub of key').toString('base64').slice(0, 8)])
    expect(text).not.toContain(secret)
})

const UNKNOWN: readonly (readonly [string, string | undefined, string, RegExp])[] = [
  ['wbe', undefined, 'resource-unknown', /did you mean Deployment\/there\/web/],
  ['Deployment/nowhere/web', undefined, 'resource-unknown', /did you mean Deployment\/there\/web/],
  ['constructor', undefined, 'resource-unknown', /write NAME/],
  ['web', '.spec.replica', 'path-unknown', /did you mean \.spec\.replicas/],
  ['web', '.__proto__', 'path-unknown', /^none$/],
  ['web', '.spec[', 'path-invalid', /language of yq/],
  ['web', '.spec.replicas + 1', 'path-invalid', /write a path/],
  ['config', '.data["config.yaml"].plan', 'path-unknown', /did you mean \.data\["config\.yaml"\]\.plank/],
]

test('an unknown resource or path is an error with a similar one', async () => {
  const explain = await openTraced(FILES)
  for (const [resource, path, code, hint] of UNKNOWN) {
    const fault = faultOf(() => explain(resource, path))
    expect([resource, path, fault?.code]).toEqual([resource, path, code])
    expect(fault?.hint ?? 'none').toMatch(hint)
  }
})

function faultOf(work: () => unknown): Fault | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  return undefined
}

test('a name that matches two resources is an error that lists both', async () => {
  const both = {
    ...FILES,
    'overlays/x/kustomization.yaml': FILES['overlays/x/kustomization.yaml'].replace(
      'rbac.yaml]',
      'rbac.yaml, two.yaml]',
    ),
    'overlays/x/two.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
  }
  const workspace = await openWorkspace(layTree(both))
  await expect(workspace.explain('x', 'web')).rejects.toMatchObject({
    code: 'resource-ambiguous',
    details: ['Service/there/web', 'Deployment/there/web'],
  })
})

test('for an overlay that does not build, the error is that of the build', async () => {
  const broken = { ...FILES, 'overlays/x/merge.yaml': 'kind: [' }
  const workspace = await openWorkspace(layTree(broken))
  const fault: unknown = await workspace.explain('x', 'web').catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(Fault)
  expect(fault).toMatchObject({ position: { file: 'overlays/x/merge.yaml' } })
})
