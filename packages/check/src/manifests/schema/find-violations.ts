import { isMap, type Value, type ValueMap } from '@overlay-render/golden'
import type { ApiSchema, FieldPath } from '@overlay-render/kustomize'

import { describeType, SCALAR_TYPES } from './scalar-types.ts'
import type { Violation } from './violation.ts'

/** A value to check, and the path to it. */
interface Pending {
  readonly value: Value
  readonly schema: ApiSchema
  readonly step: string | number
  readonly above: Pending | undefined
}

type Definitions = (name: string) => ApiSchema | undefined

/** The violations of an object's schema, in the order of its fields. @param definitions the schemas that `ref` names */
export function findViolations(root: ValueMap, schema: ApiSchema, definitions: Definitions): Violation[] {
  const violations: Violation[] = []
  const stack: Pending[] = [{ value: root, schema, step: '', above: undefined }]
  for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
    const schema = resolve(here.schema, definitions)
    // A null counts as a missing field.
    if (here.value === null && schema.refusesNull !== true) continue
    const inner = look({ ...here, schema }, violations)
    for (const below of inner.toReversed()) stack.push(below)
  }
  return violations
}

function resolve(schema: ApiSchema, definitions: Definitions): ApiSchema {
  return schema.ref === undefined ? schema : (definitions(schema.ref) ?? {})
}

/** Checks one value; returns the values inside of it. */
function look(here: Pending, violations: Violation[]): Pending[] {
  const { value, schema } = here
  const { type } = schema
  if (type === 'list') {
    if (!Array.isArray(value)) violations.push(typeViolation(here, 'a list'))
    else if (schema.items !== undefined) return itemsOf(value, schema.items, here)
    return []
  }
  if (type === 'object' || (type === undefined && schema.properties !== undefined)) {
    if (isMap(value)) return fieldsOf(value, here, violations)
    if (type === 'object') violations.push(typeViolation(here, 'a map'))
    return []
  }
  if (type !== undefined && !SCALAR_TYPES[type].takes(value))
    violations.push(typeViolation(here, SCALAR_TYPES[type].called))
  else if (schema.enum !== undefined && !schema.enum.includes(value))
    violations.push({ kind: 'enum', place: placeOf(here), allowed: schema.enum })
  return []
}

function itemsOf(value: readonly Value[], schema: ApiSchema, above: Pending): Pending[] {
  return value.map((item, step) => ({ value: item, schema, step, above }))
}

function fieldsOf(map: ValueMap, here: Pending, violations: Violation[]): Pending[] {
  const { properties, values, required = [], keepsUnknown = false } = here.schema
  const inner: Pending[] = []
  for (const step of Object.keys(map)) {
    const value = map[step] ?? null
    const own = properties !== undefined && Object.hasOwn(properties, step) ? properties[step] : values
    if (own !== undefined) inner.push({ value, schema: own, step, above: here })
    else if (properties !== undefined && !keepsUnknown) {
      violations.push({ kind: 'unknown', place: [...placeOf(here), step], known: Object.keys(properties) })
    }
  }
  for (const field of required) {
    const schema = properties?.[field]
    const isThere = Object.hasOwn(map, field) && (map[field] !== null || schema?.nullable === true)
    if (!isThere && schema?.hasDefault !== true)
      violations.push({ kind: 'missing', place: placeOf(here), field })
  }
  return inner
}

function typeViolation(here: Pending, expected: string): Violation {
  return { kind: 'type', place: placeOf(here), expected, found: describeType(here.value) }
}

function placeOf(pending: Pending): FieldPath {
  const place: (string | number)[] = []
  for (let at = pending; at.above !== undefined; at = at.above) place.push(at.step)
  return place.toReversed()
}
