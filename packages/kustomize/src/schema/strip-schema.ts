import { isJsonMap, type JsonMap } from './json-map.ts'

/**
 * The part of the schema that kustomize uses: the definitions without descriptions. The paths only tell which kinds are
 * namespaced, which kustomize has compiled in. Undefined for JSON that is not such a schema.
 */
export function stripSchema(json: string): string | undefined {
  const schema: unknown = JSON.parse(json)
  if (!isJsonMap(schema) || !isJsonMap(schema['definitions'])) return undefined
  const definitions = Object.entries(schema['definitions']).map(([name, definition]) => {
    const stripped = strip(definition)
    // An empty definition counts as missing.
    const isEmpty = isJsonMap(stripped) && Object.keys(stripped).length === 0
    return [name, isEmpty ? { description: '-' } : stripped]
  })
  return JSON.stringify({
    swagger: schema['swagger'],
    info: schema['info'],
    paths: {},
    definitions: Object.fromEntries(definitions),
  })
}

/** Keywords whose values are schemas by name, where `description` may be a name. */
const NAMED = new Set(['properties', 'patternProperties', 'definitions'])

/** Removes descriptions, recursively: kustomize's own schema is only a dozen levels deep. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item))
  if (!isJsonMap(value)) return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'description') continue
    kept[key] = NAMED.has(key) && isJsonMap(inner) ? stripEach(inner) : strip(inner)
  }
  return kept
}

function stripEach(schemas: JsonMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strip(schema)]))
}
