import {
  formatId,
  groupOf,
  idKey,
  type Manifests,
  type ResourceId,
  type ValueMap,
  isList,
  memberAt,
} from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { fieldsByPeople, managersOf } from './managed-fields.ts'
import { idOf, itemsOf, liveKey, type LiveRead } from './read-live.ts'
import { serverView } from './server-view.ts'

/** An object in a namespace of the manifests that a person created there, and no manifest has. */
export interface Extra {
  readonly id: ResourceId
  /** The fields that people set, without those that the server added. */
  readonly value: ValueMap
  /** The field managers that set its fields. */
  readonly by: readonly string[]
}

/** Field managers that are tools of people. Objects of other managers are not listed: programs of a cluster create thousands. */
const TOOLS = /^(?:ansible|curl|helm|k9s|kubectl|Lens|Mozilla|oc|okd|pulumi|terraform)\b/u

/**
 * Kinds that people create by hand, as kubectl takes them. Pods and Jobs are not among them: controllers create and delete them all
 * the time.
 */
const BY_HAND =
  `ConfigMap.v1. CronJob.v1.batch DaemonSet.v1.apps Deployment.v1.apps HorizontalPodAutoscaler.v2.autoscaling
  Ingress.v1.networking.k8s.io LimitRange.v1. NetworkPolicy.v1.networking.k8s.io PersistentVolumeClaim.v1.
  PodDisruptionBudget.v1.policy ResourceQuota.v1. Role.v1.rbac.authorization.k8s.io
  RoleBinding.v1.rbac.authorization.k8s.io Secret.v1. Service.v1. ServiceAccount.v1. StatefulSet.v1.apps`.split(
    /\s+/u,
  )

/**
 * The objects that people created in the namespaces of the manifests, of the kinds that are in the manifests or in `BY_HAND`. Kinds
 * that the user may not list are left out; `readLive` reports those.
 */
export async function readExtras(
  kubectl: Kubectl,
  manifests: Manifests,
  { unread }: LiveRead,
): Promise<Extra[]> {
  const unreadable = new Set(unread.map(({ id }) => kindName(id)))
  const known = new Set(manifests.resources.map(({ id }) => liveKey(id)))
  const found = new Map<string, Extra>()
  for (const [namespace, kinds] of kindsByNamespace(manifests, unreadable)) {
    const args = ['get', '-n', namespace, '-o', 'json', '--show-managed-fields', '--', [...kinds].join(',')]
    const { stdout } = await kubectl.run(args)
    for (const item of itemsOf(stdout)) {
      const id = idOf(item)
      const by = managersOf(item).filter((manager) => TOOLS.test(manager))
      const isKnown = known.has(liveKey(id)) || known.has(liveKey({ ...id, namespace: '' }))
      if (by.length === 0 || isKnown || isOwned(item)) continue
      const value = serverView(item, {}, fieldsByPeople(item)).live
      found.set(idKey(id), { id, value, by })
    }
  }
  return [...found.values()].sort((a, b) => (formatId(a.id) < formatId(b.id) ? -1 : 1))
}

/**
 * The kinds to list, by namespace. Objects without a namespace are skipped: they are cluster-scoped, or in the namespace of the
 * context, which is not known here.
 */
function kindsByNamespace(
  { resources }: Manifests,
  unreadable: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>()
  for (const { id } of resources) {
    const name = kindName(id)
    if (id.namespace === '' || name === '' || unreadable.has(name)) continue
    kinds.set(id.namespace, (kinds.get(id.namespace) ?? new Set(BY_HAND)).add(name))
  }
  for (const names of kinds.values()) for (const name of unreadable) names.delete(name)
  return kinds
}

/** The kind as kubectl takes it, such as `Deployment.v1.apps` or `Secret.v1.`; '' for one that is not a valid name. */
function kindName({ apiVersion, kind }: ResourceId): string {
  const group = groupOf(apiVersion)
  const version = apiVersion.slice(group === '' ? 0 : group.length + 1)
  const isPlain = /^[A-Za-z0-9]+$/u.test(kind) && /^[a-z0-9.-]*$/u.test(`${version}.${group}`)
  return isPlain ? `${kind}.${version}.${group}` : ''
}

/** Whether another object owns it, as a Deployment owns its ReplicaSets. */
function isOwned(item: ValueMap): boolean {
  const owners = memberAt(item, 'metadata', 'ownerReferences')
  return isList(owners) && owners.length > 0
}
