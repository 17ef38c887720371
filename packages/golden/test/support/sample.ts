import { type ManifestDiff, diffManifests, parseManifests } from '../../src/index.ts'

/** Text that each report has to bring through unharmed: tags, references, quotes, commands of a template language. */
export const HOSTILE: string =
  '<none> &lt;b&gt; <script>alert(1)</script> &amp;amp; "q" \'s\' `t` @team #1 {{.Spec}} </pre>'

export const CANARY = 'canary-3f9c2a71'
const CANARY_BASE64 = Buffer.from(CANARY).toString('base64')

const SAMPLE_BEFORE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: config
  namespace: prow
data:
  config.yaml: |
    deck:
      spyglass:
        gcs_browser_prefix: https://gcsweb.example.com/gcs/
      hidden: false
    tide:
      queries:
      - repos: [a/b, c/d]
        labels: [lgtm]
  run.sh: |
    #!/bin/sh
    set -e
    echo one
    echo two
    echo three
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: plugins-5c8b2mkt6d
  namespace: prow
data:
  a: "1"
---
apiVersion: v1
kind: Secret
metadata:
  name: github-token
  namespace: prow
data:
  token: ${Buffer.from('old').toString('base64')}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: deck
  namespace: prow
spec:
  replicas: 1
  selector:
    matchLabels: {app: deck}
  template:
    metadata:
      labels: {app: deck}
      annotations:
        note: "plain"
    spec:
      containers:
      - name: deck
        image: deck:v1
        args: [--dry-run=false, --config=/etc/config.yaml]
        env:
        - {name: A, value: "1"}
        - {name: B, value: "2"}
      - name: sidecar
        image: sidecar:v1
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deck
  namespace: prow
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deck}
subjects: []
---
apiVersion: v1
kind: Service
metadata:
  name: gone
  namespace: prow
spec:
  type: NodePort
`

const SAMPLE_AFTER = `apiVersion: v1
kind: Namespace
metadata:
  name: prow-jobs
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: config
  namespace: prow
data:
  config.yaml: |
    # a comment
    tide:
      queries:
      - repos: [a/b, c/d, e/f]
        labels: [lgtm]
    deck:
      spyglass:
        gcs_browser_prefix: https://gcsweb.example.org/gcs/
      hidden: false
  run.sh: |
    #!/bin/sh
    set -e
    echo one
    echo 2
    echo three
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: plugins-7h4t9gfk2b
  namespace: prow
data:
  a: "2"
---
apiVersion: v1
kind: Secret
metadata:
  name: github-token
  namespace: prow
data:
  token: ${CANARY_BASE64}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: deck
  namespace: prow
spec:
  replicas: 2
  selector:
    matchLabels: {app: deck}
  template:
    metadata:
      labels: {app: deck}
      annotations:
        note: ${JSON.stringify(HOSTILE)}
    spec:
      containers:
      - name: sidecar
        image: sidecar:v1
      - name: deck
        image: deck:v2
        args: [--dry-run=false, --config=/etc/config.yaml]
        env:
        - {name: B, value: "2"}
        - {name: A, value: "1"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deck
  namespace: prow
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deck}
subjects: []
---
apiVersion: v1
kind: Service
metadata:
  name: ghproxy
  namespace: prow-jobs
spec:
  ports: [{name: main, port: 80}]
`

/** A comparison that holds every kind of change. */
export function sampleDiff(): ManifestDiff {
  return diffManifests(
    parseManifests(SAMPLE_BEFORE, { file: 'golden/testing.yaml' }),
    parseManifests(SAMPLE_AFTER, { file: 'testing' }),
    { ignore: [{ kind: 'Deployment', path: '$.spec.replicas' }] },
  )
}

/** A comparison of many changed resources. */
export function largeDiff(count: number): ManifestDiff {
  const document = (index: number, value: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-${index}\n  namespace: n${index % 7}\ndata:\n  a: "${value}-${index * index}-${value}"\n  b: "<${index}>"\n`
  const documents = (value: string): string =>
    Array.from({ length: count }, (_, index) => document(index, value)).join('---\n')
  return diffManifests(
    parseManifests(documents('1'), { file: 'before' }),
    parseManifests(documents('2'), { file: 'after' }),
  )
}
