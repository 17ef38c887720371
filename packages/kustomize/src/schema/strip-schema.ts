import { isJsonMap, type JsonMap } from './json-map.ts'

/**
 * What kustomize reads of its schema: the definitions, without their descriptions. The paths say which kinds have a namespace,
 * which kustomize also holds compiled in. Undefined for JSON that is no such schema.
 */
export function stripSchema(json: string): string | undefined {
  const schema: unknown = JSON.parse(json)
  if (!isJsonMap(schema) || !isJsonMap(schema['definitions'])) return undefined
  const definitions = Object.entries(schema['definitions']).map(([name, definition]) => {
    const stripped = strip(definition)
    // A definition without anything in it counts as missing.
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

/** The parts of a schema that hold schemas by name, where a name may well be `description`. */
const NAMED = new Set(['properties', 'patternProperties', 'definitions'])

/** A schema without the descriptions in it. It is kustomize's own, and a dozen levels deep. */
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
