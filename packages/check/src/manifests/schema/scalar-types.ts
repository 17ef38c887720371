import { isBase64, isMap, isQuantity, type Value } from '@overlay-render/golden'
import type { ApiType } from '@overlay-render/kustomize'

interface ScalarType {
  readonly called: string
  readonly takes: (value: Value) => boolean
}

const INT32 = 2 ** 31

/** The values that the API server accepts for a field of each type, and the name of the type. */
export const SCALAR_TYPES: Readonly<Record<Exclude<ApiType, 'object' | 'list'>, ScalarType>> = {
  text: { called: 'a string', takes: isText },
  integer: { called: 'an integer', takes: isInteger },
  int32: {
    called: 'an integer of 32 bits',
    takes: (value) => isInteger(value) && value >= -INT32 && value < INT32,
  },
  number: { called: 'a number', takes: (value) => typeof value === 'number' || typeof value === 'bigint' },
  flag: { called: 'a boolean', takes: (value) => typeof value === 'boolean' },
  'int-or-text': { called: 'an integer or a string', takes: (value) => isText(value) || isInteger(value) },
  quantity: { called: 'a quantity such as 500m or 10Gi', takes: isQuantity },
  time: {
    called: 'a time such as 2026-01-31T00:00:00Z',
    takes: (value) => isText(value) && RFC3339.test(String(value)),
  },
  bytes: { called: 'base64', takes: isBytes },
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)$/u

/** The type of a value in words, without its content. */
export function describeType(value: Value): string {
  if (Array.isArray(value)) return 'a list'
  if (isMap(value)) return 'a map'
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'a boolean'
  if (isInteger(value)) return 'an integer'
  return typeof value === 'number' ? 'a number' : 'a string'
}

function isInteger(value: Value): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value)
}

/** A date without quotes is a string in Kubernetes. A redacted value was a string, too. */
function isText(value: Value): boolean {
  return (
    typeof value === 'string' ||
    (typeof value === 'object' && value !== null && !isMap(value) && !Array.isArray(value))
  )
}

/** Go also decodes a list of numbers into bytes. */
function isBytes(value: Value): boolean {
  return Array.isArray(value) || (isText(value) && isBase64(String(value)))
}
