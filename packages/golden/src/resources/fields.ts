import { isMap, member, type Value, type ValueMap } from './value.ts'

/** The string in a field; '' when there is none. */
export function textOf(value: Value | undefined, key: string): string {
  const found = member(value, key)
  return typeof found === 'string' ? found : ''
}

/** The items of a list that are maps. */
export function mapsOf(value: Value | undefined, key: string): ValueMap[] {
  const found = member(value, key)
  return Array.isArray(found) ? found.filter(isMap) : []
}

/** The items of a list that are strings. */
export function textsOf(value: Value | undefined, key: string): string[] {
  const found = member(value, key)
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : []
}

/** The entries of a map field. */
export function entriesOfField(value: Value | undefined, key: string): [string, Value][] {
  const found = member(value, key)
  return isMap(found) ? Object.entries(found) : []
}
