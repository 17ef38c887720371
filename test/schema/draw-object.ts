import type { ApiDocument, ApiSchema } from '@overlay-render/kustomize'

import { chance, type Draw } from '../differential/draw.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject

export interface JsonObject {
  [key: string]: Json
}

const SCALARS: Readonly<Record<Exclude<NonNullable<ApiSchema['type']>, 'object' | 'list'>, Json>> = {
  text: 'a',
  integer: 1,
  int32: 1,
  number: 1,
  flag: true,
  'int-or-text': 80,
  quantity: '1',
  // A MicroTime needs all six digits.
  time: '2026-01-01T00:00:00.000000Z',
  bytes: 'YQ==',
}

/** The maximum depth: some definitions contain themselves. */
const MAX_DEPTH = 9

/** Fields that Kubernetes no longer has, or checks against other objects. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'clusterName',
  'ipFamily',
  'topologyKeys',
  'priorityClassName',
  'priority',
])

/** Draws random objects of the kinds of an OpenAPI document, with values of the documented types. */
export class ObjectDrawer {
  readonly #api: ApiDocument
  readonly #draw: Draw
  readonly #likely: number

  /** @param likely probability of an optional field in tenths; halved below the third level */
  constructor(api: ApiDocument, draw: Draw, likely: number) {
    this.#api = api
    this.#draw = draw
    this.#likely = likely
  }

  /** @param key such as `apps/v1 Deployment` */
  object(key: string): JsonObject {
    const [apiVersion = '', kind = ''] = key.split(' ')
    const drawn = this.#value({ ref: this.#api.kinds[key] ?? '' }, 0)
    const { metadata: _metadata, status: _status, ...fields } = isMap(drawn) ? drawn : {}
    const metadata = { name: 'a', labels: { a: 'b' }, annotations: { a: 'b' } }
    return { ...fields, apiVersion, kind, metadata }
  }

  #value(schema: ApiSchema, depth: number): Json | undefined {
    const own = schema.ref === undefined ? schema : (this.#api.definitions[schema.ref] ?? {})
    const { type, properties, values, items } = own
    if (type === 'list') {
      const item = items === undefined || depth >= MAX_DEPTH ? undefined : this.#value(items, depth + 1)
      return item === undefined ? [] : [item]
    }
    if (type === 'object' || properties !== undefined) {
      return this.#map(properties ?? (values === undefined ? {} : { a: values }), own.required ?? [], depth)
    }
    return type === undefined ? undefined : SCALARS[type]
  }

  #map(fields: Readonly<Record<string, ApiSchema>>, required: readonly string[], depth: number): Json {
    const map: JsonObject = {}
    for (const [name, schema] of Object.entries(fields)) {
      const isLikely = chance(this.#draw, depth < 3 ? this.#likely : this.#likely / 2, 10)
      if (depth >= MAX_DEPTH || LEFT_OUT.has(name) || !(isLikely || required.includes(name))) continue
      const value = this.#value(schema, depth + 1)
      if (value !== undefined) map[name] = value
    }
    return map
  }
}

export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
