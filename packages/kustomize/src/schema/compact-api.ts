import type { ApiDocument, ApiSchema, ApiType } from './api-schema.ts'
import { isJsonMap, type JsonMap } from './json-map.ts'
import { LATER_FIELDS } from './later-fields.ts'
import { GROUP_VERSION_KIND } from './openapi-protobuf.ts'
import { REQUIRED_FIELDS } from './required-fields.ts'

/** Selects the fields that the API server really requires from the `required` fields of a definition. */
type Requires = (definition: string, fields: readonly string[]) => readonly string[]

/**
 * Converts the definitions of a Kubernetes OpenAPI document to the schemas that are needed to check objects. Newer fields accept
 * all values: the document in kustomize is that of Kubernetes 1.21.2 or older.
 *
 * @param requires selects the fields that the API server requires; by default those of `REQUIRED_FIELDS`
 */
export function compactApi(definitions: JsonMap, requires: Requires = refusedWithout): ApiDocument {
  const kinds: Record<string, string> = {}
  const schemas = Object.entries(definitions).map(([name, definition]) => {
    const json = asMap(definition)
    for (const kind of kindsOf(json)) kinds[kind] = name
    return [name, SCALARS.get(name) ?? definitionOf(name, schemaOf(json), requires)] as const
  })
  return { definitions: Object.fromEntries(schemas), kinds }
}

function refusedWithout(definition: string): readonly string[] {
  return REQUIRED_FIELDS.get(definition) ?? []
}

/** Definitions that accept more than their OpenAPI types. */
const SCALARS: ReadonlyMap<string, ApiSchema> = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { type: 'quantity' }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { type: 'int-or-text' }],
  ['io.k8s.apimachinery.pkg.runtime.RawExtension', {}],
])

const TYPES: ReadonlyMap<string, ApiType> = new Map([
  ['object', 'object'],
  ['array', 'list'],
  ['string', 'text'],
  ['string date-time', 'time'],
  ['string byte', 'bytes'],
  ['string int-or-string', 'int-or-text'],
  ['integer', 'integer'],
  ['integer int32', 'int32'],
  ['number', 'number'],
  ['boolean', 'flag'],
])

/** Recursive, because schemas are only a few levels deep and refer to others by name. */
function schemaOf(json: JsonMap): ApiSchema {
  const { $ref: ref, type, format, properties, required, additionalProperties, items } = json
  const own = TYPES.get(`${String(type)} ${String(format)}`) ?? TYPES.get(String(type))
  return {
    ...(own === undefined ? {} : { type: own }),
    ...(typeof ref === 'string' ? { ref: ref.replace('#/definitions/', '') } : {}),
    ...(isJsonMap(properties) ? { properties: mapValues(properties) } : {}),
    ...(isTexts(required) ? { required } : {}),
    ...(isJsonMap(additionalProperties) ? { values: schemaOf(additionalProperties) } : {}),
    ...(isJsonMap(items) ? { items: schemaOf(items) } : {}),
  }
}

function mapValues(schemas: JsonMap): Record<string, ApiSchema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaOf(asMap(schema))]))
}

function definitionOf(name: string, { required, ...schema }: ApiSchema, requires: Requires): ApiSchema {
  const { properties } = schema
  if (properties === undefined) return schema
  const later = Object.fromEntries((LATER_FIELDS.get(name) ?? []).map((field) => [field, {}]))
  const needed = requires(name, required ?? []).filter((field) => Object.hasOwn(properties, field))
  return {
    ...schema,
    properties: { ...later, ...properties },
    ...(needed.length === 0 ? {} : { required: needed }),
  }
}

function kindsOf(definition: JsonMap): string[] {
  const kinds = definition[GROUP_VERSION_KIND]
  if (!Array.isArray(kinds) || !isJsonMap(definition['properties'])) return []
  if (!Object.hasOwn(definition['properties'], 'metadata')) return []
  return kinds.filter(isJsonMap).map(({ group, version, kind }) => {
    const apiVersion =
      group === '' || group === undefined ? String(version) : `${String(group)}/${String(version)}`
    return `${apiVersion} ${String(kind)}`
  })
}

function asMap(value: unknown): JsonMap {
  return isJsonMap(value) ? value : {}
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
