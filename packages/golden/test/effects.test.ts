import { describe, expect, test } from 'vitest'

import { effects, formatId } from '../src/index.ts'
import { diffOf, document } from './support/manifests.ts'

const effectsOf = (before: string, after: string): string[] =>
  effects(diffOf(before, after)).map(({ kind, id, reason }) => `${kind}: ${formatId(id)}: ${reason}`)

describe('pods roll', () => {
  const workload = (kind: string, spec: string): string =>
    document(kind, 'deck', `spec: ${spec}\n`, 'apps/v1')

  test.each(['Deployment', 'StatefulSet', 'DaemonSet'])('when the pod template of a %s changes', (kind) => {
    expect(
      effectsOf(
        workload(kind, '{template: {spec: {image: a}}}'),
        workload(kind, '{template: {spec: {image: b}}}'),
      ),
    ).toEqual([`pods-roll: ${kind} prow/deck: spec.template.spec.image changes`])
  })

  test.each([
    [
      'only the replicas change',
      'Deployment',
      '{replicas: 1, template: {a: 1}}',
      '{replicas: 2, template: {a: 1}}',
    ],
    [
      'the deployment is paused',
      'Deployment',
      '{paused: true, template: {a: 1}}',
      '{paused: true, template: {a: 2}}',
    ],
    [
      'pods are replaced when deleted',
      'DaemonSet',
      '{updateStrategy: {type: OnDelete}, template: {a: 1}}',
      '{updateStrategy: {type: OnDelete}, template: {a: 2}}',
    ],
  ])('but not when %s', (_, kind, before, after) => {
    expect(effectsOf(workload(kind, before), workload(kind, after))).toEqual([])
  })
})

describe('the API server rejects', () => {
  test.each([
    ['apps/v1', 'Deployment', 'spec: {selector: {a: 1}}', 'spec: {selector: {a: 2}}', 'spec.selector.a'],
    ['apps/v1', 'StatefulSet', 'spec: {serviceName: a}', 'spec: {serviceName: b}', 'spec.serviceName'],
    ['batch/v1', 'Job', 'spec: {template: {a: 1}}', 'spec: {template: {a: 2}}', 'spec.template.a'],
    [
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      'roleRef: {name: a}',
      'roleRef: {name: b}',
      'roleRef.name',
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      'roleRef: {name: a}',
      'roleRef: {name: b}',
      'roleRef.name',
    ],
    ['v1', 'PersistentVolumeClaim', 'spec: {}', 'spec: {accessModes: [a]}', 'spec.accessModes'],
    ['storage.k8s.io/v1', 'StorageClass', 'provisioner: a', 'provisioner: b', 'provisioner'],
    ['storage.k8s.io/v1', 'StorageClass', 'parameters: {a: 1}', 'parameters: {a: 2}', 'parameters.a'],
    ['v1', 'ConfigMap', 'immutable: true\ndata: {a: x}', 'immutable: true\ndata: {a: y}', 'data.a'],
    [
      'infrastructure.cluster.x-k8s.io/v1beta1',
      'OpenStackMachineTemplate',
      'spec: {template: {spec: {flavor: a}}}',
      'spec: {template: {spec: {flavor: b}}}',
      'spec.template.spec.flavor',
    ],
  ])('%s %s: %s to %s', (apiVersion, kind, before, after, path) => {
    const render = (body: string): string => document(kind, 'x', `${body}\n`, apiVersion)
    expect(effectsOf(render(before), render(after))).toContain(
      `refused: ${kind} prow/x: ${path} cannot be changed once the object exists`,
    )
  })

  test.each([
    ['apps/v1', 'StatefulSet', 'spec: {replicas: 1}', 'spec: {replicas: 2}'],
    ['v1', 'ConfigMap', 'data: {a: x}', 'data: {a: y}'],
    [
      'v1',
      'PersistentVolumeClaim',
      'spec: {resources: {requests: {storage: 10Gi}}}',
      'spec: {resources: {requests: {storage: 20Gi}}}',
    ],
    ['v1', 'Service', 'spec: {type: a}', 'spec: {type: b}'],
    ['example.com/v1', 'StorageClass', 'provisioner: a', 'provisioner: b'],
  ])('nothing of %s %s: %s to %s', (apiVersion, kind, before, after) => {
    const render = (body: string): string => document(kind, 'x', `${body}\n`, apiVersion)
    expect(effectsOf(render(before), render(after))).toEqual([])
  })

  test('a claim that becomes smaller', () => {
    const claim = (size: string): string =>
      document('PersistentVolumeClaim', 'x', `spec: {resources: {requests: {storage: ${size}}}}\n`)
    expect(effectsOf(claim('1Ti'), claim('900Gi'))).toEqual([
      'refused: PersistentVolumeClaim prow/x: spec.resources.requests.storage cannot become smaller',
    ])
  })
})

test('removed resources and the old names of renamed ones are not pruned', () => {
  const config = (hash: string): string => document('ConfigMap', `config-${hash}`, 'data: {a: x}\n')
  expect(
    effectsOf(`${document('Service', 'gone')}---\n${config('5c8b2mkt6d')}`, config('7h4t9gfk2b')),
  ).toEqual([
    'not-pruned: ConfigMap prow/config-5c8b2mkt6d: it is now called config-7h4t9gfk2b',
    'not-pruned: Service prow/gone: it is no longer in the manifests',
  ])
})

test('another API version is the same object in the cluster', () => {
  const ingress = (version: string): string =>
    document('Ingress', 'prow', 'spec: {a: 1}\n', `networking.k8s.io/${version}`)
  expect(effectsOf(ingress('v1beta1'), ingress('v1'))).toEqual([])
})

test('objects beyond the annotation limit need server-side apply', () => {
  const large = (size: number): string => document('ConfigMap', 'large', `data: {a: "${'x'.repeat(size)}"}\n`)
  expect(effectsOf('', large(262_144))).toEqual([
    expect.stringMatching(
      /^needs-server-side-apply: ConfigMap prow\/large: with the copy that kubectl apply stores, its annotations are 2623\d\d bytes/u,
    ),
  ])
  expect(effectsOf('', large(261_900))).toEqual([])
})

test('new namespaces and CRDs must come before the resources that need them', () => {
  const definition = document(
    'CustomResourceDefinition',
    'prowjobs.prow.k8s.io',
    'spec: {group: prow.k8s.io, names: {kind: ProwJob}}\n',
    'apiextensions.k8s.io/v1',
    '',
  )
  const job = (name: string): string => document('ProwJob', name, '', 'prow.k8s.io/v1', 'jobs')
  expect(
    effectsOf(
      '',
      [document('Namespace', 'jobs', '', 'v1', ''), definition, job('a'), job('b')].join('---\n'),
    ),
  ).toEqual([
    'comes-first: CustomResourceDefinition prowjobs.prow.k8s.io: it is new, and 2 of the changed resources need it',
    'comes-first: Namespace jobs: it is new, and 2 of the changed resources need it',
  ])
})

test('a changed namespace is a move', () => {
  const config = (namespace: string): string =>
    document('ConfigMap', 'config', 'data: {a: x}\n', 'v1', namespace)
  expect(effectsOf(config('prow'), config('jobs'))).toEqual([
    'not-pruned: ConfigMap prow/config: it moves to namespace jobs',
  ])
})

test('resources of a removed namespace or CRD are deleted with it', () => {
  const definition = document(
    'CustomResourceDefinition',
    'prowjobs.prow.k8s.io',
    'spec: {group: prow.k8s.io, names: {kind: ProwJob}}\n',
    'apiextensions.k8s.io/v1',
    '',
  )
  const removed = [
    document('Namespace', 'jobs', '', 'v1', ''),
    definition,
    document('ProwJob', 'a', '', 'prow.k8s.io/v1', 'jobs'),
  ].join('---\n')
  expect(effectsOf(removed, '').filter((text) => text.includes(';'))).toEqual([
    'not-pruned: CustomResourceDefinition prowjobs.prow.k8s.io: it is no longer in the manifests; deleting it deletes every ProwJob in the cluster, including 1 of the removed resources',
    'not-pruned: Namespace jobs: it is no longer in the manifests; deleting it deletes everything in it, including 1 of the removed resources',
  ])
})

test('names from Object.prototype are names like any other', () => {
  const workload = (label: string): string =>
    document(
      'Deployment',
      'x',
      `spec: {selector: {matchLabels: {constructor: a}}, template: {metadata: {labels: {${label}}}}}\n`,
      'apps/v1',
    )
  expect(effectsOf(workload('constructor: a'), workload('toString: a'))).toEqual([
    'refused: Deployment prow/x: spec.selector.matchLabels.constructor does not match the labels of spec.template',
  ])
})
