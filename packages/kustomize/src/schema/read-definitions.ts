import type { ApiDocument, ApiSchema, ApiType } from './api-schema.ts'
import { isJsonMap, type JsonMap } from './json-map.ts'
import { LATER_FIELDS, LATER_OPTIONAL } from './later-fields.ts'
import { GROUP_VERSION_KIND } from './openapi-protobuf.ts'

/**
 * The definitions of an OpenAPI document of Kubernetes, as far as they tell what an object may hold. Fields that Kubernetes knows
 * only since hold anything: the document that a kustomize carries is that of Kubernetes 1.21.2 or older.
 */
export function readDefinitions(definitions: JsonMap): ApiDocument {
  const kinds: Record<string, string> = {}
  const schemas = Object.entries(definitions).map(([name, definition]) => {
    for (const kind of kindsOf(asMap(definition))) kinds[kind] = name
    return [name, SCALARS.get(name) ?? withLater(name, schemaOf(asMap(definition)))] as const
  })
  return { definitions: Object.fromEntries(schemas), kinds }
}

/** Definitions whose types say less than their readers take. */
const SCALARS: ReadonlyMap<string, ApiSchema> = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { type: 'quantity' }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { type: 'int-or-text' }],
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

/** Schemas are a few levels deep: what they nest they name. */
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

function withLater(name: string, schema: ApiSchema): ApiSchema {
  const fields = LATER_FIELDS.get(name)
  const optional = LATER_OPTIONAL.get(name)
  const { properties, required } = schema
  if (properties === undefined || (fields === undefined && optional === undefined)) return schema
  const anything = Object.fromEntries((fields ?? []).map((field) => [field, {}]))
  return {
    ...schema,
    properties: { ...anything, ...properties },
    ...(required === undefined
      ? {}
      : { required: required.filter((field) => optional?.includes(field) !== true) }),
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
