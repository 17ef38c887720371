import {
  isMap,
  type Path,
  type ResourceId,
  type Step,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'

import { entriesByHand, type OwnedFields } from './managed-fields.ts'

/** The field managers that own a field of an object, without those that apply our manifests. */
export type OwnersAt = (id: ResourceId, path: Path) => readonly string[]

/** The field managers that own a field of a live object: people's tools, and tools that apply other manifests. */
export function ownersAt(live: ValueMap, path: Path): string[] {
  const owners = entriesByHand(live).filter(({ owned }) => owns(owned, path))
  return [...new Set(owners.map(({ manager }) => manager))].sort()
}

function owns(root: OwnedFields, path: Path): boolean {
  let owned: OwnedFields | undefined = root
  for (const step of path) {
    owned = inner(owned, step)
    if (owned === undefined) return false
    // The owner of a whole value owns each of its parts.
    if (owned.size === 0) return true
  }
  return true
}

function inner(owned: OwnedFields, step: Step): OwnedFields | undefined {
  if (step.kind === 'key') return owned.get(`f:${step.key}`)
  if (step.kind !== 'item') return undefined
  for (const [key, found] of owned)
    if (key.startsWith('k:') && isSameItem(JSON.parse(key.slice(2)), step.fields)) return found
  return undefined
}

/** The API server's key of an item may have more fields than the path of a difference. */
function isSameItem(key: Value, fields: Extract<Step, { kind: 'item' }>['fields']): boolean {
  return (
    isMap(key) &&
    fields.every(({ field, value }) => !(field in key) || String(key[field]) === value) &&
    fields.some(({ field }) => field in key)
  )
}
