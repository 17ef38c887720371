import { isMap, type Value, type ValueMap } from '@overlay-render/golden'

import type { OriginRecord } from '../decode/origins.ts'

/** The fields that are merged field by field; all others are copied whole. */
const NESTED: ReadonlySet<string> = new Set([
  'utility_images',
  'resources',
  'gcs_configuration',
  'censoring_options',
])

/** Fills in missing fields of settings from `defaults`, as Prow's `ApplyDefault` does. `via` names the defaults, for the origins. */
export function applyDefault(
  settings: ValueMap | undefined,
  defaults: ValueMap | undefined,
  { origins, via }: { readonly origins: OriginRecord; readonly via: string },
): ValueMap | undefined {
  if (defaults === undefined) return settings
  const merged: ValueMap = { ...settings }
  if (settings !== undefined) origins.noteCopy(merged, settings)
  for (const [key, value] of Object.entries(defaults)) {
    const own = merged[key]
    if (isMissing(own)) take(merged, key, value, defaults)
    else if (NESTED.has(key) && isMap(own) && isMap(value)) {
      merged[key] = applyDefault(own, value, { origins, via }) ?? own
    } else if (key === 'mediaTypes' && isMap(own) && isMap(value)) {
      // For media types the defaults win in Prow.
      const types = { ...own }
      origins.noteCopy(types, own)
      for (const [type, name] of Object.entries(value)) take(types, type, name, value)
      merged[key] = types
    }
  }
  return merged

  function take(into: ValueMap, key: string, value: Value, from: object): void {
    into[key] = value
    origins.noteField(into, key, { kind: 'taken', from, key, via })
  }
}

function isMissing(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
