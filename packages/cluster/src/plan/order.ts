import { groupOf, isMap, memberAt, type Resource, type ResourceId } from '@overlay-render/golden'

import { isBuiltIn } from '../api-groups.ts'

/** Kinds in the order in which others need them; what is in no row comes with the last but one. */
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
/** These decide over every later request, so what serves them must run. */
const LAST = /Webhook(?:Configuration)?$|^APIService$|^ValidatingAdmissionPolicy/u

/** Where in the order of applying a kind is; lower is earlier. */
export function rankOf({ apiVersion, kind }: ResourceId): number {
  const builtIn = isBuiltIn(groupOf(apiVersion))
  if (builtIn && LAST.test(kind)) return ORDER.length + 1
  const found = builtIn ? ORDER.findIndex((kinds) => kinds.includes(kind)) : -1
  return found < 0 ? ORDER.length : found
}

/** The kinds that definitions among the resources define, as `group/kind`. */
export function definedKinds(resources: readonly Resource[]): ReadonlySet<string> {
  const kinds = new Set<string>()
  for (const { id, value } of resources.filter((one) => one.id.kind === 'CustomResourceDefinition')) {
    const names = memberAt(value, 'spec', 'names')
    if (rankOf(id) === 1 && isMap(names))
      kinds.add(`${String(memberAt(value, 'spec', 'group'))}/${String(names['kind'])}`)
  }
  return kinds
}
