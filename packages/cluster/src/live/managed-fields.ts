import { isList, isMap, member, memberAt, type Value, type ValueMap } from '@overlay-render/golden'

/** Fields that some manager owns, as a tree: an empty map is a whole value. */
export type OwnedFields = ReadonlyMap<string, OwnedFields>

interface ManagerEntry {
  readonly manager: string
  readonly operation: string
  readonly subresource: string
  readonly fields: Value
}

/** Our own name as a field manager of server-side apply. */
export const FIELD_MANAGER = 'overlay-render'

/** Those who apply manifests: what they own is compared with the manifest instead. */
const APPLIERS: ReadonlySet<string> = new Set([FIELD_MANAGER, 'kubectl-client-side-apply', 'kubectl'])
/** Programs of the cluster, not persons. */
const CONTROLLERS = /^(?:kube-|kubelet|cloud-)|controller|operator|manager|injector|autoscaler|scheduler/u

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
  return manager === 'kubectl-client-side-apply' || (operation === 'Apply' && APPLIERS.has(manager))
}

function isByHand(entry: ManagerEntry): boolean {
  return !isApplier(entry) && entry.subresource !== 'status' && !CONTROLLERS.test(entry.manager)
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
