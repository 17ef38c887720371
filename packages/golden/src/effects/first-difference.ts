import { formatKey } from '../diff/change.ts'
import { equalValues, isList, isMap, member, type Value } from '../resources/value.ts'
import { equalQuantities, equalQuantityTexts } from './quantity.ts'
import { effective } from './server-defaults.ts'

/** Maps of quantities. */
const QUANTITY_MAPS: ReadonlySet<string> = new Set([
  'limits',
  'requests',
  'capacity',
  'overhead',
  'podFixed',
  'hard',
])
/** Fields with a quantity. */
const QUANTITIES: ReadonlySet<string> = new Set(['sizeLimit', 'divisor'])

/** Options of a comparison. */
export interface Comparison {
  /** Patterns such as `spec.containers[].image` that may differ. */
  readonly except?: readonly string[]
  /** Whether quantities are compared as text in canonical form, not by value. */
  readonly writtenQuantities?: boolean
}

interface Pair {
  readonly before: Value | undefined
  readonly after: Value | undefined
  /** For messages: `spec.containers[name=deck].image`. */
  readonly path: string
  /** As in rules: `spec.containers[].image`. */
  readonly pattern: string
  /** The field of the value; for an item, the field of its list. */
  readonly field: string
  readonly holder: string
}

/**
 * The first path below `field` at which two objects differ for the API server. Explicit defaults, nulls, empty lists and
 * equal quantities in another notation are not differences. Undefined when there is none.
 *
 * @param field a path of keys such as `spec.selector`
 */
export function firstDifference(
  before: Value | undefined,
  after: Value | undefined,
  field: string,
  { except = [], writtenQuantities = false }: Comparison = {},
): string | undefined {
  const pending: Pair[] = [startAt(before, after, field)]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    if (except.includes(pair.pattern)) continue
    const { before: left, after: right } = pair
    if (isMap(left) && isMap(right)) pending.push(...members(pair).toReversed())
    else if (isList(left) && isList(right) && left.length === right.length)
      pending.push(...items(pair).toReversed())
    else if (!isSame(pair, writtenQuantities)) return pair.path
  }
  return undefined
}

function startAt(before: Value | undefined, after: Value | undefined, field: string): Pair {
  const start: Pair = { before, after, path: '', pattern: '', field: '', holder: '' }
  return field.split('.').reduce((pair, key) => step(pair, key), start)
}

function step({ before, after, path, pattern, field }: Pair, key: string): Pair {
  const old = effective(before, field, key)
  // A field in neither manifest keeps the default that the API server has set.
  const isKept = old !== undefined && member(before, key) === undefined && member(after, key) === undefined
  return {
    before: old,
    after: isKept ? old : effective(after, field, key),
    path: path === '' ? key : `${path}${/^[\w-]+$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`,
    pattern: pattern === '' ? key : `${pattern}.${key}`,
    field: key,
    holder: field,
  }
}

function members(pair: Pair): Pair[] {
  const keys = [pair.before, pair.after].flatMap((value) => (isMap(value) ? Object.keys(value) : []))
  return [...new Set(keys)].sort().map((key) => step(pair, key))
}

function items({ before, after, path, pattern, field, holder }: Pair): Pair[] {
  if (!isList(before) || !isList(after)) return []
  return before.map((item, index) => {
    const name = member(item, 'name')
    const place = typeof name === 'string' ? formatKey([{ field: 'name', value: name }]) : String(index)
    return {
      before: item,
      after: after[index],
      path: `${path}[${place}]`,
      pattern: `${pattern}[]`,
      field,
      holder,
    }
  })
}

function isSame({ before, after, field, holder }: Pair, writtenQuantities: boolean): boolean {
  if (before === undefined || after === undefined) return before === after
  if (writtenQuantities && isQuantity(field, holder) && equalQuantities(before, after))
    return equalQuantityTexts(before, after)
  return isSameQuantity(before, after, field, holder) || equalValues(before, after)
}

function isQuantity(field: string, holder: string): boolean {
  return QUANTITY_MAPS.has(holder) || QUANTITIES.has(field)
}

/** Whether a field holds a quantity and two values of it are equal, such as `1` and `1000m`. */
export function isSameQuantity(a: Value, b: Value, field: string, holder: string): boolean {
  return isQuantity(field, holder) && equalQuantities(a, b)
}
