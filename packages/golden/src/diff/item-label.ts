import { isMap, member, memberAt, type Value } from '../resources/value.ts'

const NAMING = ['name', 'id', 'key', 'title', 'context', 'repo', 'host', 'type']
const MAX_LENGTH = 60
const MAX_FIELDS = 5

/**
 * A readable name for a list item without a key: its name, its first label, or its first short string. Only a value
 * that is the same on both sides is used.
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
  return typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH && !/[\n()]/u.test(value)
}
