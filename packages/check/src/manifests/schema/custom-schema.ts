import {
  entriesOfField,
  isMap,
  member,
  textOf,
  textsOf,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'
import type { ApiSchema, ApiType } from '@overlay-render/kustomize'

const TYPES: ReadonlyMap<string, ApiType> = new Map([
  ['object', 'object'],
  ['array', 'list'],
  ['string', 'text'],
  ['integer', 'integer'],
  ['number', 'number'],
  ['boolean', 'flag'],
])

/** The metadata of every object. */
const METADATA: ApiSchema = { type: 'object', ref: 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }
/** The fields of every object, besides those of its schema. */
const OBJECT_FIELDS: Readonly<Record<string, ApiSchema>> = {
  apiVersion: { type: 'text' },
  kind: { type: 'text' },
  metadata: METADATA,
}

/** A part of a CustomResourceDefinition's schema that is still to be converted, and where the result goes. */
interface Pending {
  readonly json: Value | undefined
  readonly isObject: boolean
  readonly isItem?: boolean
  readonly set: (schema: ApiSchema) => void
}

/**
 * The schema of a kind, from the `openAPIV3Schema` of its CustomResourceDefinition.
 *
 * @param keepsUnknown whether the definition keeps unknown fields, as `v1beta1` does
 */
export function customSchema(root: Value | undefined, keepsUnknown: boolean): ApiSchema {
  let result: ApiSchema = {}
  const pending: Pending[] = [{ json: root, isObject: true, set: (schema) => (result = schema) }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { json, set } = next
    if (!isMap(json)) continue
    const { schema, inner } = shallow(json, next, keepsUnknown)
    set(schema)
    pending.push(...inner)
  }
  return result
}

type Draft = { -readonly [Key in keyof ApiSchema]: ApiSchema[Key] }

/** Converts one level of a schema; its parts are filled in later. */
function shallow(
  json: ValueMap,
  { isObject: isRoot, isItem }: Pick<Pending, 'isObject' | 'isItem'>,
  keepsAll: boolean,
): { readonly schema: ApiSchema; readonly inner: readonly Pending[] } {
  const isObject = isRoot || isTrue(json, 'x-kubernetes-embedded-resource')
  const inner: Pending[] = []
  const schema: Draft = {}
  const type = isTrue(json, 'x-kubernetes-int-or-string') ? 'int-or-text' : TYPES.get(textOf(json, 'type'))
  if (type !== undefined) schema.type = type
  if (isTrue(json, 'nullable')) schema.nullable = true
  else if (isItem === true) schema.refusesNull = true
  if (member(json, 'default') !== undefined) schema.hasDefault = true
  const allowed = member(json, 'enum')
  if (Array.isArray(allowed)) schema.enum = allowed
  if (type === 'list') {
    inner.push({
      json: member(json, 'items'),
      isObject: false,
      isItem: true,
      set: (items) => (schema.items = items),
    })
  }
  if (type === 'object' || isObject) fillObject(schema, json, { isObject, keepsAll, inner })
  return { schema, inner }
}

interface Filling {
  readonly isObject: boolean
  readonly keepsAll: boolean
  readonly inner: Pending[]
}

function fillObject(schema: Draft, json: ValueMap, { isObject, keepsAll, inner }: Filling): void {
  const values = member(json, 'additionalProperties')
  if (keepsAll || isTrue(json, 'x-kubernetes-preserve-unknown-fields')) schema.keepsUnknown = true
  if (isMap(values)) {
    schema.values = {}
    inner.push({ json: values, isObject: false, set: (each) => (schema.values = each) })
  } else if (values === true) schema.values = {}
  const required = textsOf(json, 'required')
  schema.required = isObject ? [...new Set([...required, 'apiVersion', 'kind'])] : required
  // The API server drops fields that a schema does not name; all of them if it names none.
  const properties: Record<string, ApiSchema> = Object.create(null)
  if (isObject) Object.assign(properties, OBJECT_FIELDS)
  schema.properties = properties
  for (const [name, own] of entriesOfField(json, 'properties')) {
    if (isObject && Object.hasOwn(OBJECT_FIELDS, name)) continue
    properties[name] = {}
    inner.push({ json: own, isObject: false, set: (each) => (properties[name] = each) })
  }
}

function isTrue(json: ValueMap, key: string): boolean {
  return member(json, key) === true
}
