import type { ApiDocument, ApiSchema } from '@overlay-render/kustomize'

import { isMap, type Json, type JsonObject } from './draw-object.ts'
import type { Mutation } from './mutate.ts'

/** A field of an object that the schema requires, and the definition that requires it. */
export interface RequiredPlace {
  readonly definition: string
  readonly field: string
  readonly place: Mutation['place']
}

/** Every required field that an object has. */
export function requiredPlaces(api: ApiDocument, object: JsonObject): RequiredPlace[] {
  const found: RequiredPlace[] = []
  const kind = api.kinds[`${String(object['apiVersion'])} ${String(object['kind'])}`] ?? ''
  const pending: { value: Json; schema: ApiSchema; place: Mutation['place'] }[] = [
    { value: object, schema: { ref: kind }, place: [] },
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, place } = next
    const definition = next.schema.ref ?? ''
    const schema = next.schema.ref === undefined ? next.schema : (api.definitions[definition] ?? {})
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries())
        pending.push({ value: item, schema: schema.items ?? {}, place: [...place, index] })
    }
    if (!isMap(value)) continue
    for (const field of schema.required ?? [])
      if (Object.hasOwn(value, field)) found.push({ definition, field, place: [...place, field] })
    for (const [key, inner] of Object.entries(value))
      pending.push({
        value: inner,
        schema: schema.properties?.[key] ?? schema.values ?? {},
        place: [...place, key],
      })
  }
  return found
}
