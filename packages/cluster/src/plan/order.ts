import { groupOf, isMap, memberAt, type Resource, type ResourceId } from '@overlay-render/golden'

import { isBuiltIn } from '../api-groups.ts'

/**
 * Kinds in the order in which they are applied: what others need comes first. Kinds that are not listed, such as custom ones, come
 * after these.
 */
const ORDER: readonly (readonly string[])[] = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['PriorityClass', 'StorageClass', 'VolumeAttributesClass', 'CSIDriver', 'RuntimeClass', 'IngressClass'],
  ['ResourceQuota', 'LimitRange', 'NetworkPolicy'],
  ['ServiceAccount'],
  ['Role', 'ClusterRole'],
  ['RoleBinding', 'ClusterRoleBinding'],
  ['ConfigMap', 'Secret'],
  ['PersistentVolume'],
  ['PersistentVolumeClaim'],
  ['Service', 'Endpoints', 'EndpointSlice'],
  ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Pod', 'Job', 'CronJob'],
  ['PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Ingress'],
]
/** Kinds that the server consults for later requests: the programs that serve them must run first. */
const LAST = /Webhook(?:Configuration)?$|^APIService$|^ValidatingAdmissionPolicy/u

/** The rank of a kind in the order of applying; lower is earlier. */
export function rankOf({ apiVersion, kind }: ResourceId): number {
  const builtIn = isBuiltIn(groupOf(apiVersion))
  if (builtIn && LAST.test(kind)) return ORDER.length + 1
  const found = builtIn ? ORDER.findIndex((kinds) => kinds.includes(kind)) : -1
  return found < 0 ? ORDER.length : found
}

/** The kinds that the CustomResourceDefinitions among the resources define, as `group/kind`. */
export function definedKinds(resources: readonly Resource[]): ReadonlySet<string> {
  const kinds = new Set<string>()
  for (const { id, value } of resources.filter((one) => one.id.kind === 'CustomResourceDefinition')) {
    const names = memberAt(value, 'spec', 'names')
    if (rankOf(id) === 1 && isMap(names))
      kinds.add(`${String(memberAt(value, 'spec', 'group'))}/${String(names['kind'])}`)
  }
  return kinds
}
