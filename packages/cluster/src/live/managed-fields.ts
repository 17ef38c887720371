import { isList, isMap, member, memberAt, type Value, type ValueMap } from '@overlay-render/golden'

import { namingFields } from './counterparts.ts'

/** Fields that some manager owns, as a tree: an empty map is a whole value. */
export type OwnedFields = ReadonlyMap<string, OwnedFields>

interface ManagerEntry {
  readonly manager: string
  readonly operation: string
  readonly subresource: string
  readonly fields: Value
}

/** The start of our own names as a field manager: the overlay follows, so that those of two overlays are told apart. */
export const FIELD_MANAGER = 'overlay-render'

/** Our name as a field manager of what one overlay applies, within the 128 bytes that the API server takes. */
export function managerOf(overlay: string): string {
  return `${FIELD_MANAGER}:${overlay}`.slice(0, 128)
}

/** Those who apply manifests: what they own is compared with the manifest instead. */
const APPLIERS = new RegExp(`^(?:${FIELD_MANAGER}(?::.*)?|kubectl-client-side-apply|kubectl)$`, 'u')
const OURS = new RegExp(`^${FIELD_MANAGER}(?::|$)`, 'u')
/** Kubernetes' own programs. */
const KUBERNETES = /^(?:kube-|kubelet|cloud-)/u
/** Other programs of a cluster that note something on objects. `manager` alone is what kubebuilder calls each of its own. */
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

/** What applies manifests, as Argo CD and Flux do, speaks for a person, whatever its name is. */
function isByProgram({ manager, operation }: ManagerEntry): boolean {
  return KUBERNETES.test(manager) || (operation !== 'Apply' && CONTROLLERS.test(manager))
}

/** The names of those who changed an object beside its manifest: persons and their tools, not controllers. */
export function handsOn(object: ValueMap): string[] {
  return [
    ...new Set(
      entriesOf(object)
        .filter(isByHand)
        .map(({ manager }) => manager),
    ),
  ].sort()
}

/** What each of those who changed an object beside its manifest owns of it. */
export function handEntries(object: ValueMap): { readonly manager: string; readonly owned: OwnedFields }[] {
  return entriesOf(object)
    .filter(isByHand)
    .map((entry) => ({ manager: entry.manager, owned: union([entry]) }))
}

/** The managers of an object, whatever they are: programs, persons, appliers. */
export function managersOf(object: ValueMap): string[] {
  return [...new Set(entriesOf(object).map(({ manager }) => manager))].sort()
}

/** All fields that somebody but the cluster's own programs owns. */
export function fieldsByPersons(object: ValueMap): OwnedFields {
  return union(entriesOf(object).filter((entry) => entry.subresource !== 'status' && !isByProgram(entry)))
}

/** The fields that persons own. */
export function fieldsByHand(object: ValueMap): OwnedFields {
  return union(entriesOf(object).filter(isByHand))
}

/** The fields that the manifest owns by server-side apply; undefined where it was never applied so. */
export function fieldsApplied(object: ValueMap): OwnedFields | undefined {
  const entries = entriesOf(object).filter((entry) => entry.operation === 'Apply' && isApplier(entry))
  return entries.length === 0 ? undefined : union(entries)
}

/** Kubernetes names members `f:name`, items `k:{…}` or `v:…`, and an item itself `.`. */
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

/** The fields of a value, as whoever applied it owns them. */
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
      // kubectl writes an empty map of annotations into its copy of an object that has none.
      key === 'annotations' && isMap(inner) && Object.keys(inner).length === 0 ? [] : [[`f:${key}`, inner]],
    )
  }
  if (!isList(holder)) return []
  return holder.map((item) => {
    const naming = namingFields(item)
    return [naming === undefined ? `v:${JSON.stringify(item)}` : `k:${JSON.stringify(naming)}`, item]
  })
}

export function ownedMember(owned: OwnedFields | undefined, key: string): OwnedFields | undefined {
  return owned?.get(`f:${key}`)
}

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
