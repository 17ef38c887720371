import { formatId, groupOf, isList, isMap, member, type Resource, type Value } from '@overlay-render/golden'
import { isBuiltIn } from '../api-groups.ts'
import type { ObjectFinding } from './object-finding.ts'

/** Lists that an apply merges item by item, and the field that is the key of an item. From the patch merge keys of `k8s.io/api`. */
const MERGED: ReadonlyMap<string, string> = new Map([
  ['containers', 'name'],
  ['env', 'name'],
  ['ephemeralContainers', 'name'],
  ['hostAliases', 'ip'],
  ['imagePullSecrets', 'name'],
  ['initContainers', 'name'],
  ['volumeDevices', 'devicePath'],
  ['volumeMounts', 'mountPath'],
  ['volumes', 'name'],
])

/** Keys that two items of a list share. A server may accept the object once; the next apply then fails, or loses one of the two items. */
export function duplicateKeys({ id, value, position }: Resource): ObjectFinding[] {
  if (!isBuiltIn(groupOf(id.apiVersion))) return []
  const found: ObjectFinding[] = []
  const pending: [Value, string][] = [[value, '']]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [holder, path] = next
    if (isList(holder)) holder.forEach((item, index) => pending.push([item, `${path}[${index}]`]))
    if (!isMap(holder)) continue
    for (const [key, inner] of Object.entries(holder)) {
      const at = path === '' ? key : `${path}.${key}`
      pending.push([inner, at])
      const field = MERGED.get(key)
      for (const { name, index } of field === undefined ? [] : repeated(inner, field)) {
        const message = `${formatId(id)}: ${at} has ${name} twice, and apply cannot distinguish them`
        const hint = 'remove one of the two; a patch may have added it again'
        found.push({
          rule: 'duplicate-list-key',
          severity: 'error',
          message,
          position,
          hint,
          id,
          path: `${at}[${index}]`,
        })
      }
    }
  }
  return found
}

interface Repeated {
  readonly name: string
  /** The index of the second item with that name. */
  readonly index: number
}

function repeated(list: Value, field: string): Repeated[] {
  if (!isList(list)) return []
  const first = new Map<string, number>()
  const found = new Map<string, Repeated>()
  for (const [index, item] of list.entries()) {
    const name = member(item, field)
    if (typeof name !== 'string') continue
    if (first.has(name) && !found.has(name)) found.set(name, { name, index })
    first.set(name, index)
  }
  return [...found.values()]
}
