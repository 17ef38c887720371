import { formatId, groupOf, isList, isMap, member, type Resource, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { isBuiltIn } from '../api-groups.ts'

/** Lists that an apply merges item by item, and the field that names an item. From the patch merge keys of `k8s.io/api`. */
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

/**
 * Names that two items of a list share. A server may take the object once; the next apply then fails, or loses
 * one of the two.
 */
export function duplicateKeys({ id, value, position }: Resource): Finding[] {
  if (!isBuiltIn(groupOf(id.apiVersion))) return []
  const found: Finding[] = []
  const pending: [Value, string][] = [[value, '']]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [holder, path] = next
    if (isList(holder)) holder.forEach((item, index) => pending.push([item, `${path}[${index}]`]))
    if (!isMap(holder)) continue
    for (const [key, inner] of Object.entries(holder)) {
      const at = path === '' ? key : `${path}.${key}`
      pending.push([inner, at])
      const field = MERGED.get(key)
      for (const name of field === undefined ? [] : repeated(inner, field)) {
        const message = `${formatId(id)}: ${at} has ${name} twice, and apply cannot tell the two apart`
        const hint = 'remove one of the two; a patch may have added it again'
        found.push({ rule: 'duplicate-list-key', severity: 'error', message, position, hint })
      }
    }
  }
  return found
}

function repeated(list: Value, field: string): string[] {
  if (!isList(list)) return []
  const names = list.flatMap((item) => {
    const name = member(item, field)
    return typeof name === 'string' ? [name] : []
  })
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
