/** The overlay `x` of each workspace, with its other files. Each workspace sets values in another way. */
export type SourceFiles = Readonly<Record<string, string>>

const KUSTOMIZATION = 'overlays/x/kustomization.yaml'

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {note: written}
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: first
        image: example.com/first:1
        args: [--one, "--two=2"]
        env:
        - {name: A, value: a}
        - {name: B, value: "2"}
      - name: second
        image: example.com/second@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      - name: third
        image: example.com/third:1
`

/** A workspace with one overlay. Files outside of the folders below are the overlay's. */
function overlay(kustomization: string, files: SourceFiles = {}, settings = ''): SourceFiles {
  const others = Object.entries(files).map(([name, text]) => [
    /^(?:base|component|files|templates)\//u.test(name) ? name : `overlays/x/${name}`,
    text,
  ])
  return {
    'overlay-render.yaml': `version: 1\nkustomize: {version: 4.5.4}\nsecrets: stub\n${settings}`,
    [KUSTOMIZATION]: kustomization,
    ...Object.fromEntries(others),
  }
}

const BASE_CONFIG = `# the base
plank:
  a: base
  b: base
  job_url: {"*": "https://example.com/view", org/repo: other}
presets:
- labels: {preset-a: "true"}
  env: [{name: A, value: a}]
- labels: {preset-b: "true"}
  env:
  - {name: B, value: b}
  - {name: C, value: c}
tide:
  queries: &queries
  - {repos: [org/one, org/two], labels: [lgtm]}
  again: *queries
  period: 2m
sinker: {interval: 1h, count: 3, on: true}
text: |
  of several
  lines
"": empty
a.b/c[0]: dots
`

const CONFIGS = 'configs: {base: files, files: [config.yaml], scripts: yq_scripts}\n'
const CONFIG_MAP = 'configMapGenerator:\n- name: config\n  files: [configs/config.yaml]\n'

function script(text: string): SourceFiles {
  return overlay(CONFIG_MAP, { 'files/config.yaml': BASE_CONFIG, 'yq_scripts/config.yaml': text }, CONFIGS)
}

/** Workspaces by what sets their values. */
export const SOURCES: Readonly<Record<string, SourceFiles>> = {
  'literals, env files and files of generators': overlay(
    `configMapGenerator:
- name: config
  literals:
  - word=hello
  - "quoted='in quotes'"
  - 'equals=a=b=c'
  - "a.key/with=slash"
  - number=7
  envs: [values.env]
  files: [key=text.txt, settings.json, nested.yaml, a.b=text.txt]
`,
    {
      'values.env': '# comment\nONE=1\nTWO=two words\n\nTHREE=a=b\n',
      'text.txt': 'plain text without a colon\nof two lines\n',
      'settings.json': '{"level": "info", "list": [1, {"deep": true}], "a.b/c": {"": "x"}}\n',
      'nested.yaml': 'a: {b: [c, d]}\ne: "f"\n"odd key": g\n',
    },
  ),
  'a generator that an overlay merges into': overlay(
    `resources: [../../base]
configMapGenerator:
- {name: config, behavior: merge, literals: [word=again, new=value]}
- {name: other, behavior: replace, literals: [all=new]}
`,
    {
      'base/kustomization.yaml': `configMapGenerator:
- {name: config, literals: [word=hello, kept=base]}
- {name: other, literals: [gone=base]}
`,
    },
  ),
  'images, replicas, namespace, labels and annotations': overlay(
    `resources: [web.yaml]
namespace: there
namePrefix: pre-
nameSuffix: -post
commonLabels: {team: us}
commonAnnotations: {owner: "everybody", "example.com/a.b": slash}
images:
- {name: example.com/first, newTag: "2"}
- name: example.com/second
  newName: example.com/other
  digest: sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
- name: example.com/third
  newName: example.com/new
replicas:
- {name: web, count: 5}
`,
    { 'web.yaml': WEB },
  ),
  'patches of every form': overlay(
    `resources: [../../base]
components: [../../component]
patchesStrategicMerge:
- merge.yaml
- |-
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web}
  spec: {paused: true, template: {spec: {containers: [{name: first, env: [{name: B, value: "3"}, {name: C, value: c}]}]}}}
patchesJson6902:
- target: {group: apps, version: v1, kind: Deployment, name: web}
  path: operations.json
patches:
- target: {kind: Deployment}
  patch: |-
    - op: add
      path: /spec/template/spec/containers/0/args/-
      value: --three
    - op: replace
      path: /spec/template/spec/containers/1/image
      value: example.com/second:9
    - op: add
      path: /spec/template/spec/nodeSelector
      value: {disk: ssd, "a/b.c": d}
- target: {kind: Deployment}
  patch: '[{"op": "add", "path": "/spec/revisionHistoryLimit", "value": 4}]'
- path: tolerations.yaml
  target: {kind: Deployment}
`,
    {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': WEB,
      'merge.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {note: merged, more: text}}
spec:
  strategy: {type: Recreate}
  template:
    spec:
      containers:
      - name: third
        args:
        - --third
`,
      'operations.json': `[
  {"op": "replace", "path": "/spec/template/spec/containers/0/args/0", "value": "--zero"},
  {"op": "add", "path": "/spec/template/spec/containers/0/args/0", "value": "--first"},
  {"op": "add", "path": "/metadata/annotations/a~1b", "value": "slash"},
  {"op": "move", "from": "/metadata/annotations/more", "path": "/metadata/annotations/moved"},
  {"op": "copy", "from": "/metadata/annotations/note", "path": "/metadata/annotations/copied"}
]
`,
      'tolerations.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      tolerations:
      - {operator: Equal, value: tainted, effect: NoSchedule}
`,
      'component/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [more.yaml]
patches:
- target: {kind: Deployment}
  path: minimum.yaml
images:
- {name: example.com/third, newTag: "3"}
configMapGenerator:
- {name: made, literals: [by=component]}
`,
      'component/minimum.yaml': '- op: add\n  path: /spec/minReadySeconds\n  value: 5\n',
      'component/more.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata:\n  folded: >\n    of two\n    lines\n  plain: of two\n    lines\n',
    },
  ),
  'patches that set the value that is there': overlay(
    `resources: [web.yaml, role.yaml]
commonAnnotations: {note: written}
replicas:
- {name: web, count: 1}
patches:
- path: same.yaml
- path: rules.yaml
- target: {kind: Deployment}
  patch: |-
    - op: replace
      path: /spec/template/spec/containers/0/args/1
      value: --two=2
    - op: add
      path: /spec/template/spec/containers/0/args/-
      value: --one
`,
    {
      'web.yaml': WEB,
      'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: role}
rules:
- {apiGroups: [""], resources: [pods, events], verbs: [get, list]}
- {apiGroups: [""], resources: [pods], verbs: [patch]}
`,
      'rules.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: role}
rules:
- {apiGroups: [apps], resources: [deployments], verbs: [watch]}
- {apiGroups: [""], resources: [pods, events], verbs: [get, list]}
- {apiGroups: [""], resources: [pods], verbs: [patch]}
`,
      'same.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: first
        env:
        - {name: B, value: "2"}
      - name: third
        image: example.com/third:1
`,
    },
  ),
  'vars and replacements': overlay(
    `resources: [web.yaml, source.yaml]
vars:
- name: HOST
  objref: {apiVersion: v1, kind: ConfigMap, name: source}
  fieldref: {fieldpath: data.host}
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.note}
  targets:
  - select: {kind: Deployment, name: web}
    fieldPaths: [metadata.annotations.note, "spec.template.spec.containers.[name=first].env.[name=B].value"]
    options: {}
- path: replacement.yaml
`,
    {
      'web.yaml': WEB.replace('--one', '--host=$(HOST)'),
      'source.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: source}\ndata:\n  host: example.com\n  note: "from the source"\n  tag: five:6\n',
      'replacement.yaml': `source: {kind: ConfigMap, name: source, fieldPath: data.tag, options: {delimiter: ":", index: 1}}
targets:
- select: {kind: Deployment}
  fieldPaths: ["spec.template.spec.containers.[name=third].image"]
  options: {delimiter: ":", index: 1}
`,
    },
  ),
  'lists, JSON and several documents': overlay('resources: [list.yaml, object.json, many.yaml]\n', {
    'list.yaml': `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: one}
  data: {a: first}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: two}
  data:
    a: second
    b: |
      in: a block
      list: [x, y]
`,
    'object.json':
      '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "json"}, "data": {"a": "b", "c\\u0064": "e\\"f"}}\n',
    'many.yaml': `# comment
---
apiVersion: v1
kind: ConfigMap
metadata: {name: three}
data: {same: text}
---
---
apiVersion: v1
kind: ConfigMap
metadata: {name: four}
data: {same: text}
...
`,
  }),
  'odd keys and scalars': overlay('resources: [odd.yaml]\n', {
    'odd.yaml': `apiVersion: example.com/v1
kind: Odd
metadata: {name: odd, annotations: {"a.b/c": dots, "x[0]": brackets}}
spec:
  "": empty
  "a.b": {c/d: slash, "e[0]": bracket, "f\\"g": quote, "h\\\\i": backslash}
  "1": number
  __proto__: {constructor: text}
  "with space": x
  "ä→": unicode
  tilde~0/1: pointer
  nested: [[1, 2], [{a: 3}]]
  plain: of several
    lines
  single: 'it''s'
  double: "a\\tb"
  folded: >-
    one
    two
  octal: 0644
  float: 1.50
  exponent: 1e3
  flag: yes
  off: "off"
  date: 2020-01-01
  shared: &shared {x: anchor}
  alias: *shared
  merged: {<<: *shared, y: own}
`,
  }),
  'a script of yq 4': script(`.plank.b = "patched" |
.plank.c = {"new": [1, "two"], "a.b/c": "d"} |
.presets[0].env += [{"name": "D", "value": "d"}] |
(.presets[] | select(.labels | has("preset-b")) | .env[] | select(.name == "B")).value = "selected" |
.sinker.count += 4 |
.tide.period |= sub("2m", "3m") |
with(.sinker; .interval = "2h" | .added = "with") |
.plank.job_url["*"] = "https://example.com/changed" |
.list = ["a", "b"] |
.tide.queries[0].repos |= map(select(. != "org/two")) |
del(.plank.a)
`),
  'a script of yq 3': script(
    `- command: update
  path: plank.b
  value: patched
- command: update
  path: presets[1].env(name==B).value
  value: selected
- command: update
  path: tide.queries[0].repos[+]
  value: org/three
- command: delete
  path: plank.a
- command: update
  path: added
  value: {new: [1, two], other: "text"}
`,
  ),
  'a JSON patch of a config': script(
    `- {op: replace, path: /plank/b, value: patched}
- {op: add, path: /presets/1/env/-, value: {name: D, value: d}}
- {op: add, path: /plank/job_url/org~1new, value: {deep: [x]}}
`,
  ),
  'templates and edits': overlay(
    'resources: [web.yaml, made.yaml, loaded.yaml]\n',
    {
      'web.yaml': WEB,
      'other.yaml': 'spec: {replicas: 8, paused: true}\n',
      'loaded.yaml': WEB.replace('name: web', 'name: loaded'),
      'templates/made.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: made}
data:
  plain: text
  filled: {{ word }}
  around: "before {{ word }} after"
{% for item in items %}
  item-{{ item }}: fixed
{% endfor %}
`,
    },
    `settings:
  x:
    templates: [{from: templates/made.yaml, to: made.yaml}]
    values: {word: hello, items: [a, b]}
    edits:
    - {file: web.yaml, expression: '.spec.replicas = 2'}
    - file: web.yaml
      expression: .spec.template.spec.containers[0].args += ["--edited"]
    - {file: loaded.yaml, expression: '. *d load("other.yaml")'}
`,
  ),
}
