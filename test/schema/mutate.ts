import { type Draw, pick } from '../differential/draw.ts'
import { isMap, type Json, type JsonObject } from './draw-object.ts'

/** One change to an object, which may make it invalid. */
export interface Mutation {
  readonly place: readonly (string | number)[]
  readonly change: Change
}

/** How a mutation changes the value at its place. */
export type Change = (typeof CHANGES)[number]

/** `misspelt`: the field name loses its last letter; `extra`: the map gets an unknown field. */
const CHANGES = [
  'misspelt',
  'extra',
  'removed',
  'null',
  'text',
  'integer',
  'fraction',
  'flag',
  'list',
  'map',
] as const

const VALUES: Readonly<Partial<Record<Change, Json>>> = {
  null: null,
  text: 'some text',
  integer: 7,
  fraction: 1.5,
  flag: true,
  list: [],
  map: {},
}

/** Draws up to `count` different mutations of an object. */
export function drawMutations(object: JsonObject, count: number, draw: Draw): Mutation[] {
  const places = placesOf(object)
  const mutations = new Map<string, Mutation>()
  for (let attempt = 0; attempt < count * 4 && mutations.size < count && places.length > 0; attempt++) {
    const { place, value } = pick(draw, places)
    const change = pick(draw, CHANGES)
    if (change === 'extra' && !isMap(value)) continue
    if (change === 'misspelt' && (typeof place.at(-1) !== 'string' || String(place.at(-1)).length < 2))
      continue
    mutations.set(JSON.stringify([place, change]), { place, change })
  }
  return [...mutations.values()]
}

/** Every value of an object with its path, except the identity fields. */
function placesOf(object: JsonObject): { readonly place: Mutation['place']; readonly value: Json }[] {
  const places: { place: Mutation['place']; value: Json }[] = []
  const pending: { place: Mutation['place']; value: Json }[] = [{ place: [], value: object }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { place, value } = next
    const [first, second] = place
    const isIdentity =
      first === 'apiVersion' || first === 'kind' || (first === 'metadata' && second === 'name')
    if (isIdentity) continue
    // The metadata as a whole stays: without it an object has no identity.
    if (place.length > 0 && !(place.length === 1 && first === 'metadata')) places.push(next)
    const inner = Array.isArray(value) ? [...value.entries()] : isMap(value) ? Object.entries(value) : []
    for (const [step, below] of inner) pending.push({ place: [...place, step], value: below })
  }
  return places
}

/** A mutated copy of an object. */
export function mutate(object: JsonObject, { place, change }: Mutation): JsonObject {
  const copy = structuredClone(object)
  const holder = place.slice(0, -1).reduce<Json | undefined>(stepInto, copy)
  const last = place.at(-1) ?? ''
  const value = stepInto(holder, last) ?? null
  if (change === 'extra') {
    if (isMap(value)) value['unheardOf'] = 'x'
  } else if (Array.isArray(holder)) {
    if (change === 'removed') holder.splice(Number(last), 1)
    else holder[Number(last)] = VALUES[change] ?? null
  } else if (isMap(holder)) {
    if (change === 'misspelt' || change === 'removed') delete holder[String(last)]
    else holder[String(last)] = VALUES[change] ?? null
    if (change === 'misspelt') holder[String(last).slice(0, -1)] = value
  }
  return copy
}

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)]
  return isMap(value) ? value[String(step)] : undefined
}
