import { isMap, Redacted, TypedText, type Value } from '../resources/value.ts'

/** The only key of an object that encodes a value without a JSON form. */
const TAG = '$'

/** Finished text, or data still to be written. */
type Piece = string | { readonly data: unknown }

/**
 * Writes plain data and values of manifests as JSON that `parseLossless` restores exactly: `undefined`, bigints, every number, redacted values,
 * the order of keys, any key and any depth.
 */
export function writeLossless(root: unknown): string {
  const parts: string[] = []
  const stack: Piece[] = [{ data: root }]
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    if (typeof piece === 'string') parts.push(piece)
    else for (const inner of piecesOf(piece.data).toReversed()) stack.push(inner)
  }
  return parts.join('')
}

function piecesOf(data: unknown): Piece[] {
  if (Array.isArray(data))
    return between(
      '[',
      data.map((item) => [{ data: item }]),
      ']',
    )
  const tag = tagOf(data)
  if (tag !== undefined) return [JSON.stringify({ [TAG]: tag })]
  if (typeof data !== 'object' || data === null) return [JSON.stringify(data)]
  const members = Object.entries(data).map(([key, item]): Piece[] => [
    `${JSON.stringify(key)}:`,
    { data: item },
  ])
  const map = between('{', members, '}')
  return Object.hasOwn(data, TAG) ? [`{"${TAG}":["map",`, ...map, ']}'] : map
}

function between(open: string, items: readonly (readonly Piece[])[], close: string): Piece[] {
  return [open, ...items.flatMap((item, index) => (index === 0 ? item : [',', ...item])), close]
}

function tagOf(data: unknown): readonly (string | null)[] | undefined {
  if (data === undefined) return ['undefined']
  if (typeof data === 'bigint') return ['bigint', String(data)]
  if (typeof data === 'number' && (!Number.isFinite(data) || Object.is(data, -0)))
    return ['number', Object.is(data, -0) ? '-0' : String(data)]
  if (data instanceof Redacted) return ['redacted', data.fingerprint, data.shown ?? null]
  if (data instanceof TypedText) return ['typed', data.text]
  return undefined
}

/**
 * Reads the output of `writeLossless`. The input is not trusted: the result is plain data of unknown shape.
 *
 * @throws SyntaxError
 */
export function parseLossless(text: string): unknown {
  const holder: Container = { root: JSON.parse(text) as unknown }
  const pending: (readonly [container: Container, key: string | number])[] = [[holder, 'root']]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const [container, key] = place
    const found = Reflect.get(container, key) as unknown
    if (typeof found !== 'object' || found === null) continue
    const data = Object.hasOwn(found, TAG) && !Array.isArray(found) ? untag(found) : found
    // JSON.parse defines every key as an own property, so `set` never reaches a prototype.
    if (data !== found) Reflect.set(container, key, data)
    if (typeof data !== 'object' || data === null || data instanceof Redacted || data instanceof TypedText)
      continue
    const inner = data as Container
    if (Array.isArray(data)) for (const index of data.keys()) pending.push([inner, index])
    else for (const name of Object.keys(data)) pending.push([inner, name])
  }
  return (holder as { root: unknown }).root
}

type Container = object

const DECIMAL = /^-?\d{1,4000}$/u
const NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

/** Decodes a tagged object. */
function untag(tagged: object): unknown {
  const tag: unknown = Reflect.get(tagged, TAG)
  const [name, first, second]: unknown[] = Array.isArray(tag) && Object.keys(tagged).length === 1 ? tag : []
  if (name === 'undefined') return undefined
  if (name === 'bigint' && typeof first === 'string' && DECIMAL.test(first)) return BigInt(first)
  if (name === 'number' && NUMBERS.has(first)) return NUMBERS.get(first)
  if (name === 'typed' && typeof first === 'string') return new TypedText(first)
  if (name === 'map' && isPlain(first)) return first
  if (name === 'redacted' && typeof first === 'string' && /^[0-9a-f]+$/u.test(first)) {
    if (second === null) return new Redacted(first)
    if (typeof second === 'string') return new Redacted(first, second)
  }
  throw new SyntaxError(`${JSON.stringify(TAG)} is reserved here`)
}

function isPlain(data: unknown): boolean {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

/** Whether data is a valid value of a manifest, including all of its leaves. */
export function isValue(data: unknown): data is Value {
  const pending: unknown[] = [data]
  while (pending.length > 0) {
    const one = pending.pop()
    if (Array.isArray(one)) for (const item of one) pending.push(item)
    else if (isMap(one as Value))
      for (const key of Object.keys(one as object)) pending.push(Reflect.get(one as object, key))
    else if (!isScalar(one)) return false
  }
  return true
}

function isScalar(data: unknown): boolean {
  return (
    data === null ||
    data instanceof Redacted ||
    data instanceof TypedText ||
    ['boolean', 'number', 'bigint', 'string'].includes(typeof data)
  )
}
