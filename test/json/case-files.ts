// The files of the workspaces in which commands have something to print.

export const CONFIG_MAP = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: n}\ndata: ${data}\n`

export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: deck, namespace: n}
spec:
  selector: {matchLabels: {app: deck}}
  template:
    metadata: {labels: {app: deck}}
    spec:
      volumes: [{name: v, configMap: {name: missing}}]
      containers: [{name: deck, image: "deck:latest"}]
`

const deployment = (name: string, tag: string): string =>
  DEPLOYMENT.replace('deck, n', `${name}, n`).replace('deck:latest', `registry/${name}:${tag}`)

export const SETTINGS =
  'version: 1\nconfigs: {base: base, files: [config/config.yaml]}\nsecrets: stub\nprow: {jobs: [jobs], config: base/config.yaml}\n'

export const BROKEN = {
  'overlays/y/kustomization.yaml': 'resources: [cm.yaml]\n',
  'overlays/y/cm.yaml': 'a: [\n',
}

export const GENERATED = {
  'overlays/x/kustomization.yaml': `namespace: prow
resources: [cm.yaml]
patches: [{path: patch.yaml, target: {kind: ConfigMap, name: a}}]
configMapGenerator: [{name: of-secret, files: [secrets/ca.crt]}]
secretGenerator:
- {name: token, namespace: prow, files: [oauth=secrets/token]}
- {name: env, envs: [secrets/env]}
`,
  'overlays/x/patch.yaml': '- {op: replace, path: /data/a, value: patched}\n',
  '.gitignore': 'secrets/\n',
}

/** Manifests for every kind of change in a diff. */
export const SIDES = {
  'before.yaml': [
    CONFIG_MAP('gone', '{a: b}'),
    CONFIG_MAP('old-name', '{a: "1", b: "2", c: "3", d: "4", e: "5", f: "6"}'),
    CONFIG_MAP('text', '{lines: "one\\ntwo\\nthree\\n", file.yaml: "a: {b: 1}\\nc: 2\\n", removed: x}'),
    'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\nspec: {externalIPs: [a, b, c], ports: [{port: 1, name: http}]}\n',
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, namespace: n}\nspec: {things: [{name: a, image: "i:v1"}, {x: 1}]}\n',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: k, namespace: n}\ndata: {a: "aGk="}\n',
    ...['p', 'q'].map((name) => deployment(name, 'v20260901')),
  ].join('---\n'),
  'after.yaml': [
    CONFIG_MAP('new', '{x: y}'),
    CONFIG_MAP('new-name', '{a: "1", b: "2", c: "3", d: "4", e: "5", f: "6"}'),
    CONFIG_MAP('text', '{lines: "one\\n2\\nthree\\n", file.yaml: "a: {b: 2}\\nc: 2\\n", added: x}'),
    'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\nspec: {externalIPs: [b, c, a], ports: [{port: 2, name: http}]}\n',
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, namespace: n}\nspec: {things: [{name: a, image: "i:v2"}, {x: 2}]}\n',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: k, namespace: n}\ndata: {a: "not base64!"}\n',
    ...['p', 'q'].map((name) => deployment(name, 'v20260915')),
  ].join('---\n'),
}

export const JOBS = (image: string, more: string): string =>
  `presubmits:\n  org/repo:\n  - {name: job, always_run: true, branches: [main], labels: {preset-a: "true"}, spec: {containers: [{image: ${image}, command: [sh]}]}}\n${more}`
