import { isMap, type Value } from '@overlay-render/golden'

import type { Origins } from '../decode/origins.ts'

/** The steps to a place: a field, or a list item by its index and, if it has one, its name. */
export type JobPath = readonly (string | { readonly index: number; readonly name: string | undefined })[]

/** A value with the object that holds it. */
export interface Place {
  readonly holder: object
  readonly key: string
  readonly value: Value
  readonly path: JobPath
  /** What put the value there, such as a preset. */
  readonly via: string | undefined
}

/** What put the value at its place or at a place above it, as far as that is recorded. */
export function viaOf({ holder, key, value, via }: Place, origins: Origins): string | undefined {
  const origin = origins.originOf(holder, key)
  return origins.via(value) ?? (origin?.kind === 'taken' && origin.via !== '' ? origin.via : via)
}

/** The members of a map or a list, in their order. */
export function childrenOf({ value, path, via }: Omit<Place, 'holder' | 'key'>): Place[] {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const name =
        isMap(item) && typeof item['name'] === 'string' && item['name'] !== '' ? item['name'] : undefined
      return { holder: value, key: String(index), value: item, via, path: [...path, { index, name }] }
    })
  }
  if (!isMap(value)) return []
  return Object.entries(value).map(([key, item]) => ({
    holder: value,
    key,
    value: item,
    via,
    path: [...path, key],
  }))
}
