import { isList, isMap, member, memberAt, type Value, type ValueMap } from '@overlay-render/golden'

import { namingFields } from './counterparts.ts'

/** The fields that a manager owns, as a tree in the form of `fieldsV1`. An empty map is a value that is owned as a whole. */
export type OwnedFields = ReadonlyMap<string, OwnedFields>

interface ManagerEntry {
  readonly manager: string
  readonly operation: string
  readonly subresource: string
  readonly fields: Value
}

/** The field manager of this program. The name of the overlay follows it, so that two overlays have different managers. */
export const FIELD_MANAGER = 'overlay-render'

/** The field manager of one overlay, cut to the 128 characters that the API server accepts. */
export function managerOf(overlay: string): string {
  return `${FIELD_MANAGER}:${overlay}`.slice(0, 128)
}

/** Managers that apply manifests: what they own is compared with the manifest instead. */
const APPLIERS = new RegExp(`^(?:${FIELD_MANAGER}(?::.*)?|kubectl-client-side-apply|kubectl)$`, 'u')
const OURS = new RegExp(`^${FIELD_MANAGER}(?::|$)`, 'u')
/** Programs of Kubernetes itself. */
const KUBERNETES = /^(?:kube-|kubelet|cloud-)/u
/** Other programs of a cluster that write to objects of others. `manager` is the default name of controllers that kubebuilder generates. */
const CONTROLLERS = /^(?:cert-manager|manager$)|controller|operator|injector|autoscaler|scheduler/u

function entriesOf(object: ValueMap): ManagerEntry[] {
  const list = memberAt(object, 'metadata', 'managedFields')
  return (isList(list) ? list : []).map((entry) => ({
    manager: text(member(entry, 'manager')),
    operation: text(member(entry, 'operation')),
    subresource: text(member(entry, 'subresource')),
    fields: member(entry, 'fieldsV1') ?? null,
  }))
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

function isApplier({ manager, operation }: ManagerEntry): boolean {
  const isClientSide = manager === 'kubectl-client-side-apply' || OURS.test(manager)
  return isClientSide || (operation === 'Apply' && APPLIERS.test(manager))
}

function isByHand(entry: ManagerEntry): boolean {
  return !isApplier(entry) && entry.subresource !== 'status' && !isByProgram(entry)
}

/** Server-side apply by any manager counts as a person's, whatever its name: tools such as Argo CD and Flux apply what people wrote. */
function isByProgram({ manager, operation }: ManagerEntry): boolean {
  return KUBERNETES.test(manager) || (operation !== 'Apply' && CONTROLLERS.test(manager))
}

/** The managers that changed an object other than by applying our manifests: tools of people, not controllers. */
export function managersByHand(object: ValueMap): string[] {
  return [
    ...new Set(
      entriesOf(object)
        .filter(isByHand)
        .map(({ manager }) => manager),
    ),
  ].sort()
}

/** What each of `managersByHand` owns of an object. */
export function entriesByHand(object: ValueMap): { readonly manager: string; readonly owned: OwnedFields }[] {
  return entriesOf(object)
    .filter(isByHand)
    .map((entry) => ({ manager: entry.manager, owned: union([entry]) }))
}

/** All field managers of an object. */
export function managersOf(object: ValueMap): string[] {
  return [...new Set(entriesOf(object).map(({ manager }) => manager))].sort()
}

/** All fields that are not owned by programs of the cluster alone. */
export function fieldsByPeople(object: ValueMap): OwnedFields {
  return union(entriesOf(object).filter((entry) => entry.subresource !== 'status' && !isByProgram(entry)))
}

/** The fields that the managers of `managersByHand` own. */
export function fieldsByHand(object: ValueMap): OwnedFields {
  return union(entriesOf(object).filter(isByHand))
}

/** The fields that we or kubectl own by server-side apply; undefined where there was none. */
export function fieldsApplied(object: ValueMap): OwnedFields | undefined {
  const entries = entriesOf(object).filter((entry) => entry.operation === 'Apply' && isApplier(entry))
  return entries.length === 0 ? undefined : union(entries)
}

/** Merges the fields of several managers. In `fieldsV1`, a member is `f:name`, an item `k:{…}` or `v:…`, and a value itself `.`. */
function union(entries: readonly ManagerEntry[]): OwnedFields {
  const root = new Map<string, OwnedFields>()
  const pending: [Value, Map<string, OwnedFields>][] = entries.map(({ fields }) => [fields, root])
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, into] = next
    if (!isMap(value)) continue
    for (const [key, inner] of Object.entries(value)) {
      if (key === '.') continue
      const known = into.get(key)
      const made = known instanceof Map ? known : new Map<string, OwnedFields>()
      into.set(key, made)
      pending.push([inner, made])
    }
  }
  return root
}

/** The fields of a value, in the form in which a manager that applied it would own them. */
export function fieldsOf(value: Value): OwnedFields {
  const root = new Map<string, OwnedFields>()
  const pending: [Value, Map<string, OwnedFields>][] = [[value, root]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [holder, into] = next
    for (const [key, inner] of parts(holder)) {
      const made = new Map<string, OwnedFields>()
      into.set(key, made)
      pending.push([inner, made])
    }
  }
  return root
}

function parts(holder: Value): [string, Value][] {
  if (isMap(holder)) {
    return Object.entries(holder).flatMap(([key, inner]) =>
      // In its annotation, kubectl adds an empty map of annotations to an object that has none.
      key === 'annotations' && isMap(inner) && Object.keys(inner).length === 0 ? [] : [[`f:${key}`, inner]],
    )
  }
  if (!isList(holder)) return []
  return holder.map((item) => {
    const naming = namingFields(item)
    return [naming === undefined ? `v:${JSON.stringify(item)}` : `k:${JSON.stringify(naming)}`, item]
  })
}

/** What is owned of the member `key` of a map; undefined when nothing is. */
export function ownedMember(owned: OwnedFields | undefined, key: string): OwnedFields | undefined {
  return owned?.get(`f:${key}`)
}

/** What is owned of an item of a list; undefined when nothing is. */
export function ownedItem(owned: OwnedFields | undefined, item: Value): OwnedFields | undefined {
  if (owned === undefined) return undefined
  for (const [key, inner] of owned) {
    if (key.startsWith('v:') && key.slice(2) === JSON.stringify(item)) return inner
    if (key.startsWith('k:') && matches(key.slice(2), item)) return inner
  }
  return undefined
}

function matches(keyText: string, item: Value): boolean {
  const key: Value = JSON.parse(keyText)
  return isMap(key) && Object.entries(key).every(([field, value]) => member(item, field) === value)
}
