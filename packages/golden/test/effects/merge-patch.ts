import { type Json, type JsonMap, WRITTEN_NULL } from './case.ts'

/** Applies a JSON merge patch (RFC 7396). */
export function merged(target: JsonMap, patch: JsonMap): JsonMap {
  const result: Record<string, Json | undefined> = { ...target }
  for (const [key, value] of Object.entries(patch)) {
    const old = result[key]
    if (value === null) delete result[key]
    else if (value === WRITTEN_NULL) result[key] = null
    else if (isMap(value)) result[key] = merged(isMap(old) ? old : {}, value)
    else result[key] = value
  }
  return result
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
