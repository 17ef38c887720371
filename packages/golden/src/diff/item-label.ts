import { isMap, member, memberAt, type Value } from '../resources/value.ts'

const NAMING = ['name', 'id', 'key', 'title', 'context', 'repo', 'host', 'type']
const LONGEST = 60
const MAX_FIELDS = 5

/**
 * What a person would call an item of a list that no field tells apart: its name, its label, its first text. What is
 * not the same on both sides names neither.
 */
export function itemLabel(before: Value | undefined, after: Value | undefined): string | undefined {
  const names = namesOf(after ?? before)
  const others = before === undefined || after === undefined ? names : namesOf(before)
  return names.filter((name, index) => name === others[index]).find(isShortText)
}

function namesOf(item: Value | undefined): (Value | undefined)[] {
  return [
    ...NAMING.map((field) => member(item, field)),
    memberAt(item, 'metadata', 'name'),
    firstKey(member(item, 'labels')),
    ...(isMap(item) ? Object.values(item).slice(0, MAX_FIELDS) : []),
  ]
}

function firstKey(value: Value | undefined): string | undefined {
  return isMap(value) ? Object.keys(value)[0] : undefined
}

function isShortText(value: Value | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && !/[\n()]/u.test(value)
}
