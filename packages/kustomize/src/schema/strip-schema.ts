import { gunzipSync } from 'node:zlib'

/** The first bytes of a gzip member that was deflated. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08])
/** kustomize embeds a second, small schema of its own; the Kubernetes one is megabytes. */
const SMALLEST = 1024 * 1024
const LARGEST = 64 * 1024 * 1024

/** The Kubernetes OpenAPI schema that a kustomize binary carries compressed, as JSON; undefined when it has none. */
export function extractSchema(binary: Buffer): string | undefined {
  for (let at = binary.indexOf(GZIP); at >= 0; at = binary.indexOf(GZIP, at + 1)) {
    const json = inflate(binary.subarray(at))
    if (json !== undefined && json.length >= SMALLEST && json[0] === 0x7b) return json.toString('utf8')
  }
  return undefined
}

/** Most places where the three bytes occur are no gzip member at all. */
function inflate(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

/**
 * What kustomize reads of its schema: the definitions, without their descriptions. The paths say which kinds have a namespace,
 * which kustomize also holds compiled in. Undefined for JSON that is no such schema.
 */
export function stripSchema(json: string): string | undefined {
  const schema: unknown = JSON.parse(json)
  if (!isObject(schema) || !isObject(schema['definitions'])) return undefined
  const definitions = Object.entries(schema['definitions']).map(([name, definition]) => {
    const stripped = strip(definition)
    // A definition without anything in it counts as missing.
    const isEmpty = isObject(stripped) && Object.keys(stripped).length === 0
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
  if (!isObject(value)) return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'description') continue
    kept[key] = NAMED.has(key) && isObject(inner) ? stripEach(inner) : strip(inner)
  }
  return kept
}

function stripEach(schemas: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strip(schema)]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
