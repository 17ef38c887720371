import { expect, test } from 'vitest'

import { openWorkspace } from '../src/index.ts'
import { layTree } from './temporary-tree.ts'

// Findings about objects are at the line of the field that they are about, wherever kustomize has moved it.

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: prow}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: default
      containers:
        - name: web
          image: example.com/web:1
          args: [--a, --b]
          env:
            - {name: A, value: a}
            - {name: B, value: b}
            - name: A
              value: c
          volumeMounts:
            - {name: token, mountPath: /token}
            - name: tokn
              mountPath: /tokn
      volumes:
        - name: token
          secret:
            secretName: no-token
`
const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: prow}
spec:
  ports:
    - port: 80
      targetPort: http
  selector:
    app: web
`

/** The findings of an overlay, as `file:line:column rule`. */
async function placesOf(
  kustomization: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const workspace = await openWorkspace(
    layTree({
      'overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\n',
      'overlays/x/kustomization.yaml': `resources: [web.yaml]\n${kustomization}`,
      'overlays/x/web.yaml': `${DEPLOYMENT}---\n${SERVICE}`,
      ...files,
    }),
  )
  const found = await workspace.check(['x'])
  return found
    .filter(({ rule }) => !/patch/u.test(rule))
    .map(({ rule, position: at }) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${rule}`)
}

const OWN = [
  'overlays/x/web.yaml:17:15 duplicate-list-key',
  'overlays/x/web.yaml:21:15 unknown-volume',
  'overlays/x/web.yaml:26:13 dangling-reference',
  'overlays/x/web.yaml:34:7 unknown-port',
]

test('each finding is at its field', async () => {
  expect(await placesOf('')).toEqual(OWN)
})

test('an item that a patch moves keeps its place in the sources', async () => {
  const kustomization = `patches:
- target: {kind: Deployment}
  patch: |-
    - {op: add, path: /spec/template/spec/volumes/0, value: {name: first, emptyDir: {}}}
    - {op: add, path: /spec/template/spec/containers/0/volumeMounts/0, value: {name: first, mountPath: /first}}
    - {op: remove, path: /spec/template/spec/containers/0/env/1}
    - {op: remove, path: /spec/template/spec/containers/0/args/0}
`
  expect(await placesOf(kustomization)).toEqual(OWN)
})

test('what a patch sets is at the patch', async () => {
  const kustomization = `patches:
- target: {kind: Deployment}
  path: patch.yaml
- target: {kind: Service}
  patch: |-
    - op: replace
      path: /spec/selector/app
      value: wbe
`
  const patch = `- op: replace
  path: /spec/template/spec/volumes/0/secret/secretName
  value: other-token
- op: replace
  path: /spec/template/spec/containers/0/image
  value: example.com/web
- op: add
  path: /spec/template/spec/containers/0/args/-
  value: --jobs-namespace=kube-sistem
- op: add
  path: /spec/template/spec/priorityClassName
  value: urgent
`
  expect(await placesOf(kustomization, { 'overlays/x/patch.yaml': patch })).toEqual([
    'overlays/x/kustomization.yaml:9:14 service-selects-nothing',
    'overlays/x/patch.yaml:3:10 dangling-reference',
    'overlays/x/patch.yaml:6:10 image-not-pinned',
    'overlays/x/patch.yaml:9:10 unknown-namespace',
    'overlays/x/patch.yaml:12:10 dangling-reference',
    'overlays/x/web.yaml:17:15 duplicate-list-key',
    'overlays/x/web.yaml:21:15 unknown-volume',
  ])
})
