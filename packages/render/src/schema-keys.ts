import { workspaceConfigSchema } from './config-schema.ts'

/** The path of the first list in `value` where the schema expects a map; undefined when there is none. */
export function findList(
  schema: unknown,
  value: unknown,
  path: readonly PropertyKey[],
): readonly PropertyKey[] | undefined {
  const inner = unwrap(schema)
  if (typeof inner !== 'object' || inner === null || typeof value !== 'object' || value === null)
    return undefined
  const isMapSchema = 'entries' in inner || ('value' in inner && 'key' in inner)
  if (Array.isArray(value) === isMapSchema) return isMapSchema ? path : undefined
  for (const [key, item] of Object.entries(value)) {
    const found = findList(stepInto(inner, key), item, [...path, Array.isArray(value) ? Number(key) : key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The keys that the schema accepts below `path`. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = workspaceConfigSchema
  for (const step of path) schema = stepInto(schema, step)
  const entries = objectEntries(unwrap(schema))
  return entries === undefined ? [] : Object.keys(entries)
}

function stepInto(schema: unknown, step: PropertyKey): unknown {
  const inner = unwrap(schema)
  const entries = objectEntries(inner)
  if (entries !== undefined) return entries[String(step)]
  if (typeof inner === 'object' && inner !== null) {
    if ('item' in inner) return inner.item
    if ('value' in inner) return inner.value
  }
  return undefined
}

/** The schema inside `optional`, which valibot keeps as `wrapped`. */
function unwrap(schema: unknown): unknown {
  return typeof schema === 'object' && schema !== null && 'wrapped' in schema
    ? unwrap(schema.wrapped)
    : schema
}

/** The values that a setting may have, where the schema lists them. */
export function knownChoices(path: readonly PropertyKey[]): string[] {
  let schema: unknown = workspaceConfigSchema
  for (const step of path) schema = stepInto(schema, step)
  const inner = unwrap(schema)
  if (typeof inner !== 'object' || inner === null || !('options' in inner)) return []
  return Array.isArray(inner.options) ? inner.options.filter((one) => typeof one === 'string') : []
}

/** Of a union, the keys of all its maps. */
function objectEntries(schema: unknown): Record<string, unknown> | undefined {
  if (typeof schema === 'object' && schema !== null && 'options' in schema && Array.isArray(schema.options)) {
    const maps = schema.options.flatMap((option: unknown) => objectEntries(unwrap(option)) ?? [])
    return maps.length === 0 ? undefined : (Object.assign({}, ...maps) as Record<string, unknown>)
  }
  if (typeof schema !== 'object' || schema === null || !('entries' in schema)) return undefined
  const { entries } = schema
  return typeof entries === 'object' && entries !== null
    ? Object.fromEntries(Object.entries(entries))
    : undefined
}
