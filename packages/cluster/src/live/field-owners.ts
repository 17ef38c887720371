import {
  isMap,
  type Path,
  type ResourceId,
  type Step,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'

import { handEntries, type OwnedFields } from './managed-fields.ts'

/** Who owns a field of an object. */
export type OwnersAt = (id: ResourceId, path: Path) => readonly string[]

/** Who owns a field of a live object beside its manifest: persons, and tools that apply manifests of their own. */
export function ownersAt(live: ValueMap, path: Path): string[] {
  const owners = handEntries(live).filter(({ owned }) => owns(owned, path))
  return [...new Set(owners.map(({ manager }) => manager))].sort()
}

function owns(root: OwnedFields, path: Path): boolean {
  let owned: OwnedFields | undefined = root
  for (const step of path) {
    owned = inner(owned, step)
    if (owned === undefined) return false
    // What is owned as a whole is owned in each of its parts.
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

/** The keys of the API server may be more than those by which a difference names the item. */
function isSameItem(key: Value, fields: Extract<Step, { kind: 'item' }>['fields']): boolean {
  return (
    isMap(key) &&
    fields.every(({ field, value }) => !(field in key) || String(key[field]) === value) &&
    fields.some(({ field }) => field in key)
  )
}
