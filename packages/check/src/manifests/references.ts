import {
  entriesOfField,
  isMap,
  mapsOf,
  member,
  memberAt,
  type Resource,
  textOf,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'

import { ingressBackends } from './ingress-backends.ts'
import type { NodePlace } from './node-place.ts'
import { podNeeds } from './pod-needs.ts'
import { podTemplatesOf } from './pod-templates.ts'

/** A reference to another object. */
export interface Reference {
  readonly kind: string
  readonly name: string
  /** '' for cluster-scoped objects. */
  readonly namespace: string
  /** The field or part that refers to it, such as `a pod` or `roleRef`. */
  readonly by: string
  /** The field that has the name. */
  readonly at: NodePlace
}

/** Every object that a resource needs. Optional references are left out. */
export function referencesOf({ id, value }: Resource): Reference[] {
  const own = OF_KIND.get(id.kind)?.(value, id.namespace) ?? []
  return [...podTemplatesOf(value).flatMap(({ spec }) => ofPod(spec, value, id.namespace)), ...own].filter(
    ({ name }) => name !== '',
  )
}

function ofPod(spec: ValueMap, owner: ValueMap, namespace: string): Reference[] {
  // The claims of a StatefulSet are created from its templates.
  const made = new Set(
    mapsOf(member(owner, 'spec'), 'volumeClaimTemplates').map((claim) =>
      textOf(member(claim, 'metadata'), 'name'),
    ),
  )
  const needs = podNeeds(spec)
    .filter(({ kind, name }) => kind !== 'PersistentVolumeClaim' || !made.has(name))
    .map(({ kind, name, from, field }) => ({ kind, name, namespace, by: 'a pod', at: { node: from, field } }))
  const pulls = mapsOf(spec, 'imagePullSecrets').map((secret) => ({
    kind: 'Secret',
    name: textOf(secret, 'name'),
    namespace,
    by: 'imagePullSecrets',
    at: { node: secret, field: ['name'] },
  }))
  const priority = {
    kind: 'PriorityClass',
    name: textOf(spec, 'priorityClassName'),
    namespace: '',
    by: 'a pod',
    at: { node: spec, field: ['priorityClassName'] },
  }
  return [...needs, ...pulls, priority]
}

type ReadReferences = (value: ValueMap, namespace: string) => Reference[]

function service(holder: Value | undefined, namespace: string, by: string): Reference {
  return {
    kind: 'Service',
    name: textOf(holder, 'name'),
    namespace,
    by,
    at: { node: holder ?? null, field: ['name'] },
  }
}

const ofBinding: ReadReferences = (value, namespace) => {
  const role = member(value, 'roleRef')
  const kind = textOf(role, 'kind')
  const roleRef = {
    kind,
    name: textOf(role, 'name'),
    namespace: kind === 'Role' ? namespace : '',
    by: 'roleRef',
    at: { node: value, field: ['roleRef', 'name'] },
  }
  const subjects = mapsOf(value, 'subjects')
    .filter((subject) => textOf(subject, 'kind') === 'ServiceAccount')
    .map((subject) => ({
      kind: 'ServiceAccount',
      name: textOf(subject, 'name'),
      namespace: textOf(subject, 'namespace') || namespace,
      by: 'subjects',
      at: { node: subject, field: ['name'] },
    }))
  return [roleRef, ...subjects]
}

const ofIngress: ReadReferences = (value, namespace) => {
  const spec = member(value, 'spec')
  const annotations = entriesOfField(member(value, 'metadata'), 'annotations').map(([key]) => key)
  const backends = ingressBackends(value).map(({ name, at }) => ({
    kind: 'Service',
    name,
    namespace,
    by: 'a backend',
    at,
  }))
  // cert-manager and ACME controllers create the Secret of the certificate.
  const isMade = annotations.some((key) => /cert-manager\.io\/|^kubernetes\.io\/tls-acme$/u.test(key))
  const certificates = isMade ? [] : mapsOf(spec, 'tls')
  return [
    ...backends,
    ...certificates.map((tls) => ({
      kind: 'Secret',
      name: textOf(tls, 'secretName'),
      namespace,
      by: 'tls',
      at: { node: tls, field: ['secretName'] },
    })),
  ]
}

const ofHttpRoute: ReadReferences = (value, namespace) =>
  mapsOf(member(value, 'spec'), 'rules').flatMap((rule) =>
    mapsOf(rule, 'backendRefs')
      .filter((reference) => ['', 'Service'].includes(textOf(reference, 'kind')))
      .map((reference) => service(reference, textOf(reference, 'namespace') || namespace, 'backendRefs')),
  )

const ofWebhooks: ReadReferences = (value) =>
  mapsOf(value, 'webhooks').flatMap((webhook) => {
    const reference = memberAt(webhook, 'clientConfig', 'service')
    return isMap(reference)
      ? [service(reference, textOf(reference, 'namespace'), `the webhook ${textOf(webhook, 'name')}`)]
      : []
  })

const ofDefinition: ReadReferences = (value) => {
  const reference = memberAt(value, 'spec', 'conversion', 'webhook', 'clientConfig', 'service')
  return isMap(reference) ? [service(reference, textOf(reference, 'namespace'), 'its conversion')] : []
}

const ofServiceAccount: ReadReferences = (value, namespace) =>
  ['secrets', 'imagePullSecrets'].flatMap((list) =>
    mapsOf(value, list).map((secret) => ({
      kind: 'Secret',
      name: textOf(secret, 'name'),
      namespace,
      by: list,
      at: { node: secret, field: ['name'] },
    })),
  )

const ofScaler: ReadReferences = (value, namespace) => {
  const target = memberAt(value, 'spec', 'scaleTargetRef')
  const at = { node: value, field: ['spec', 'scaleTargetRef', 'name'] }
  return [{ kind: textOf(target, 'kind'), name: textOf(target, 'name'), namespace, by: 'scaleTargetRef', at }]
}

const OF_KIND: ReadonlyMap<string, ReadReferences> = new Map([
  ['RoleBinding', ofBinding],
  ['ClusterRoleBinding', ofBinding],
  ['Ingress', ofIngress],
  ['HTTPRoute', ofHttpRoute],
  ['ValidatingWebhookConfiguration', ofWebhooks],
  ['MutatingWebhookConfiguration', ofWebhooks],
  ['CustomResourceDefinition', ofDefinition],
  ['ServiceAccount', ofServiceAccount],
  ['HorizontalPodAutoscaler', ofScaler],
  [
    'APIService',
    (value) => {
      const reference = memberAt(value, 'spec', 'service')
      return [service(reference, textOf(reference, 'namespace'), 'spec.service')]
    },
  ],
  [
    'StatefulSet',
    (value, namespace) => [
      {
        kind: 'Service',
        name: textOf(member(value, 'spec'), 'serviceName'),
        namespace,
        by: 'serviceName',
        at: { node: value, field: ['spec', 'serviceName'] },
      },
    ],
  ],
])
