import { mapsOf, member, memberAt, type Resource, textOf, textsOf } from '@overlay-render/golden'

import type { ManifestCheck, ProvidedObject } from './manifest-check.ts'
import { containersOf, podTemplatesOf } from './pod-templates.ts'

/** Objects that exist in every cluster, or in every namespace. */
const BUILT_IN: readonly ProvidedObject[] = [
  ...['cluster-admin', 'admin', 'edit', 'view', 'system:*'].map((name) => ({ kind: 'ClusterRole', name })),
  { kind: 'Role', name: 'extension-apiserver-authentication-reader', namespace: 'kube-system' },
  { kind: 'Role', name: 'system:*' },
  { kind: 'PriorityClass', name: 'system-*' },
  { kind: 'ServiceAccount', name: 'default' },
  { kind: 'Service', name: 'kubernetes', namespace: 'default' },
  { kind: 'ConfigMap', name: 'kube-root-ca.crt' },
  { kind: 'ServiceAccount', name: '*', namespace: 'kube-system' },
]

/** Objects that a controller creates for another one, by the kind of the latter. */
const MAKERS: ReadonlyMap<string, (resource: Resource) => ProvidedObject[]> = new Map([
  [
    'ExternalSecret',
    ({ id, value }) => [secret(textOf(memberAt(value, 'spec', 'target'), 'name') || id.name, id.namespace)],
  ],
  [
    'ClusterExternalSecret',
    ({ id, value }) => [
      secret(
        textOf(memberAt(value, 'spec', 'externalSecretSpec', 'target'), 'name') ||
          textOf(member(value, 'spec'), 'externalSecretName') ||
          id.name,
      ),
    ],
  ],
  ['SealedSecret', ({ id }) => [secret(id.name, id.namespace)]],
  ['Certificate', ({ id, value }) => [secret(textOf(member(value, 'spec'), 'secretName'), id.namespace)]],
  // trust-manager creates a ConfigMap of its name in every namespace.
  ['Bundle', ({ id }) => [{ kind: 'ConfigMap', name: id.name }]],
  // The items of a list.
  [
    'List',
    ({ value }) =>
      mapsOf(value, 'items').map((item) => ({
        kind: textOf(item, 'kind'),
        name: textOf(member(item, 'metadata'), 'name'),
      })),
  ],
])

/**
 * Secrets that a container is told to create, such as with `--secret-name=ingress-nginx-admission` of a job that makes the
 * certificate of a webhook.
 */
function madeByContainers({ id, value }: Resource): ProvidedObject[] {
  return podTemplatesOf(value).flatMap(({ spec }) =>
    containersOf(spec).flatMap((container) =>
      [...textsOf(container, 'command'), ...textsOf(container, 'args')].flatMap((text) => {
        const name = /^--[\w-]*secret-name=([a-z0-9.-]+)$/u.exec(text)?.[1]
        return name === undefined ? [] : [secret(name, id.namespace)]
      }),
    ),
  )
}

function secret(name: string, namespace?: string): ProvidedObject {
  return { kind: 'Secret', name, namespace: namespace === '' ? undefined : namespace }
}

/**
 * Returns a function that tells whether an object exists once everything is applied: rendered, created by a controller, built in or
 * declared.
 */
export function knownObjects({
  resources,
  provides,
}: Pick<ManifestCheck, 'resources' | 'provides'>): (
  kind: string,
  namespace: string,
  name: string,
) => boolean {
  const rendered = new Set<string>()
  const others = [...BUILT_IN, ...provides]
  for (const resource of resources) {
    const { kind, namespace, name } = resource.id
    rendered.add(JSON.stringify([kind, namespace, name]))
    others.push(...madeByContainers(resource))
    if (MAKERS.has(kind)) others.push(...(MAKERS.get(kind)?.(resource) ?? []))
  }
  return (kind, namespace, name) =>
    rendered.has(JSON.stringify([kind, namespace, name])) ||
    // The namespace of such an object is unknown.
    (namespace !== '' && rendered.has(JSON.stringify([kind, '', name]))) ||
    others.some((object) => isProvidedBy(object, kind, namespace, name))
}

function isProvidedBy(object: ProvidedObject, kind: string, namespace: string, name: string): boolean {
  return (
    object.kind === kind &&
    matches(object.name, name) &&
    (object.namespace === undefined || matches(object.namespace, namespace))
  )
}

function matches(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text
  const parts = pattern.split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}
