import { formatId, type Manifests, memberAt, type ResourceId, type ValueMap } from '@overlay-render/golden'

import { ClusterFault } from '../cluster-fault.ts'
import type { Kubectl } from '../kubectl.ts'
import { firstLine } from '../kubectl-words.ts'
import type { GoneObject } from '../plan/plan.ts'
import { FIELD_MANAGER, managerOf, managersOf } from './managed-fields.ts'
import { idOf, itemsOf, liveKey, readLive } from './read-live.ts'

/** Where to look for objects that the manifests no longer have. */
export interface GoneOptions {
  readonly overlay: string
  /** The manifests that were accepted before, such as a golden. */
  readonly accepted: Manifests | undefined
  /**
   * Whether to list every kind of the cluster for objects that the overlay applied; otherwise only the objects of `accepted` are
   * asked for.
   */
  readonly search: boolean
}

/** Objects of the cluster that the overlay applied, and that are no longer in its manifests. */
export async function findGone(
  kubectl: Kubectl,
  manifests: Manifests,
  { overlay, accepted, search }: GoneOptions,
): Promise<GoneObject[]> {
  const wanted = new Set(manifests.resources.map(({ id }) => liveKey(id)))
  const found = new Map<string, GoneObject>()
  // A manifest without a namespace is applied to that of the context.
  const isWanted = (id: ResourceId): boolean =>
    wanted.has(liveKey(id)) || wanted.has(liveKey({ ...id, namespace: '' }))
  const note = (id: ResourceId, reason: string): void => {
    if (!isWanted(id) && !found.has(liveKey(id))) found.set(liveKey(id), { id, reason })
  }
  const dropped = (accepted?.resources ?? []).filter(({ id }) => !isWanted(id))
  const { objects } = await readLive(kubectl, dropped)
  for (const { id } of dropped) {
    const live = objects.get(liveKey(id))
    if (live !== undefined && wasApplied(live, overlay)) note(id, 'it is no longer in the manifests')
  }
  if (!search) return [...found.values()]
  for (const object of await listAll(kubectl)) {
    if (isOfOverlay(object, overlay))
      note(idOf(object), `it was applied by overlay ${overlay}, and is no longer in the manifests`)
  }
  return [...found.values()].sort((a, b) => (formatId(a.id) < formatId(b.id) ? -1 : 1))
}

const COPY = 'kubectl.kubernetes.io/last-applied-configuration'

/** Whether an object was applied, and not by another overlay. */
function wasApplied(object: ValueMap, overlay: string): boolean {
  const ours = managersOf(object).filter((manager) => manager.startsWith(`${FIELD_MANAGER}:`))
  if (ours.length > 0) return ours.includes(managerOf(overlay))
  return (
    memberAt(object, 'metadata', 'annotations', COPY) !== undefined || managersOf(object).includes('kubectl')
  )
}

/** Whether the overlay applied an object: by its field manager, or by the labels that Kubernetes recommends. */
function isOfOverlay(object: ValueMap, overlay: string): boolean {
  if (managersOf(object).includes(managerOf(overlay))) return true
  const label = (name: string): unknown => memberAt(object, 'metadata', 'labels', `app.kubernetes.io/${name}`)
  return label('managed-by') === FIELD_MANAGER && label('instance') === overlay
}

/** Kinds whose objects controllers create by the thousand, and nobody applies. */
const MADE_BY_CONTROLLERS = new Set(
  `bindings componentstatuses controllerrevisions.apps csinodes.storage.k8s.io endpoints endpointslices.discovery.k8s.io
  events events.events.k8s.io leases.coordination.k8s.io nodes pods podtemplates prowjobs.prow.k8s.io
  replicasets.apps certificatesigningrequests.certificates.k8s.io`.split(/\s+/u),
)

/** Every object of the cluster that somebody could have applied. Kinds that the user may not list are left out. */
async function listAll(kubectl: Kubectl): Promise<ValueMap[]> {
  const kinds = await kubectl.run(['api-resources', '--verbs=list,delete,patch', '-o', 'name'])
  const names = kinds.stdout.split('\n').filter((name) => name !== '' && !MADE_BY_CONTROLLERS.has(name))
  if (names.length === 0) {
    throw new ClusterFault({
      code: 'kubectl-failed',
      message: `kubectl cannot list the kinds of the cluster: ${firstLine(kinds.stderr)}`,
      blame: 'program',
    })
  }
  const args = ['get', '--all-namespaces', '-o', 'json', '--show-managed-fields', '--', names.join(',')]
  const { stdout } = await kubectl.run(args)
  return itemsOf(stdout)
}
