import { formatId, mapsOf, member, type Resource, textOf, type ValueMap } from '@overlay-render/golden'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import type { NodePlace } from './node-place.ts'
import { containersOf, podTemplatesOf } from './pod-templates.ts'

/**
 * A list that the API server merges by keys: the fields that identify its items, and their defaults. From
 * `x-kubernetes-list-map-keys` and `x-kubernetes-patch-merge-key` of the Kubernetes OpenAPI document, v1.34.
 */
interface MergedList {
  readonly list: string
  readonly keys: readonly { readonly field: string; readonly otherwise?: string }[]
}

const byName = (list: string): MergedList => ({ list, keys: [{ field: 'name' }] })
const PROTOCOL = { field: 'protocol', otherwise: 'TCP' }

const OF_PODS: readonly MergedList[] = [
  byName('containers'),
  byName('initContainers'),
  byName('volumes'),
  byName('imagePullSecrets'),
  { list: 'hostAliases', keys: [{ field: 'ip' }] },
  { list: 'topologySpreadConstraints', keys: [{ field: 'topologyKey' }, { field: 'whenUnsatisfiable' }] },
]
const OF_CONTAINERS: readonly MergedList[] = [
  byName('env'),
  { list: 'ports', keys: [{ field: 'containerPort' }, PROTOCOL] },
  { list: 'volumeMounts', keys: [{ field: 'mountPath' }] },
  { list: 'volumeDevices', keys: [{ field: 'devicePath' }] },
]
const OF_SERVICES: readonly MergedList[] = [{ list: 'ports', keys: [{ field: 'port' }, PROTOCOL] }]

interface Repeated {
  /** Such as `env LOG_LEVEL of the container deck`. */
  readonly what: string
  readonly times: number
  /** The field that tells the second of them. */
  readonly at: NodePlace
}

function repeatedIn(holder: ValueMap, lists: readonly MergedList[], of: string): Repeated[] {
  return lists.flatMap(({ list, keys }) => {
    const byKey = new Map<string, ValueMap[]>()
    for (const item of mapsOf(holder, list)) {
      const parts = keys.map(({ field, otherwise }) => String(member(item, field) ?? otherwise ?? ''))
      if (parts.includes('')) continue
      const key = parts.join('/')
      byKey.set(key, [...(byKey.get(key) ?? []), item])
    }
    return [...byKey].flatMap(([key, items]) => {
      const [, second] = items
      if (second === undefined) return []
      const at = { node: second, field: keys.slice(0, 1).map(({ field }) => field) }
      return [{ what: `${list} ${key}${of}`, times: items.length, at }]
    })
  })
}

function repeatedKeys({ id, value }: Resource): Repeated[] {
  const pods = podTemplatesOf(value).flatMap(({ spec }) => [
    ...repeatedIn(spec, OF_PODS, ''),
    ...containersOf(spec).flatMap((container) =>
      repeatedIn(container, OF_CONTAINERS, ` of the container ${textOf(container, 'name')}`),
    ),
  ])
  const spec = member(value, 'spec')
  const isService = id.kind === 'Service' && id.apiVersion === 'v1'
  if (!isService || typeof spec !== 'object' || spec === null) return pods
  return [...pods, ...repeatedIn({ ports: member(spec, 'ports') ?? [] }, OF_SERVICES, '')]
}

/** Lists with a duplicate key. */
export const duplicateListKey: Rule<ManifestCheck> = {
  name: 'duplicate-list-key',
  severity: 'error',
  doc: 'A list that the API server merges by key has a duplicate key: server-side apply refuses the object.',
  check: (input) =>
    input.resources.flatMap((resource) =>
      repeatedKeys(resource).map(({ what, times, at }) =>
        about(input, resource, {
          rule: 'duplicate-list-key',
          severity: 'error',
          part: what,
          at,
          message: `${formatId(resource.id)} has ${times} items of the same key: ${what}`,
          hint: 'keep one of them: server-side apply refuses the object, other applies lose one silently',
        }),
      ),
    ),
  examples: {
    fires: [
      manifestExample(
        'an environment variable twice',
        pod('env: [{name: A, value: x}, {name: A, value: y}]'),
      ),
      manifestExample(
        'a port twice, once with the default protocol',
        pod('ports: [{containerPort: 80}, {containerPort: 80, protocol: TCP}]'),
      ),
      manifestExample(
        'two volumes at one path',
        pod('volumeMounts: [{name: a, mountPath: /x}, {name: b, mountPath: /x}]'),
      ),
      manifestExample(
        'a port of a Service',
        'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{name: a, port: 80}, {name: b, port: 80}]}\n',
      ),
    ],
    silent: [
      manifestExample(
        'one port of two protocols',
        pod('ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]'),
      ),
      manifestExample(
        'one volume at two paths',
        pod('volumeMounts: [{name: a, mountPath: /x}, {name: a, mountPath: /y}]'),
      ),
      manifestExample(
        'a key that is called constructor',
        pod('env: [{name: __proto__, value: x}, {name: constructor, value: y}]'),
      ),
    ],
  },
}

function pod(fields: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, ${fields}}]}\n`
}
