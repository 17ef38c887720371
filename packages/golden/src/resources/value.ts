/**
 * The content of a YAML document as plain JavaScript. Integers beyond ±(2^53 - 1) are bigints, so that rounding never
 * makes two of them equal; other numbers are JavaScript numbers.
 */
export type Value = null | boolean | number | bigint | string | TypedText | Redacted | Value[] | ValueMap

export interface ValueMap {
  [key: string]: Value
}

/** A YAML 1.1 date or time, which is not a string although it looks like one. */
export class TypedText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }

  toJSON(): string {
    return this.text
  }
}

/**
 * Replaces a value that must not be shown. Equal values have equal fingerprints within one comparison. The fingerprint
 * is keyed, so guesses of the value cannot be verified.
 */
export class Redacted {
  /** Hexadecimal, of the whole value. */
  readonly fingerprint: string
  /** The text with only its secret parts replaced. */
  readonly shown: string | undefined

  constructor(fingerprint: string, shown?: string) {
    this.fingerprint = fingerprint
    this.shown = shown
  }

  /** The placeholder in reports. */
  toString(): string {
    return this.shown ?? `(secret ${this.fingerprint.slice(0, 8)})`
  }

  toJSON(): string {
    return this.toString()
  }
}

export function isMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Redacted) &&
    !(value instanceof TypedText)
  )
}

export function isList(value: Value | undefined): value is Value[] {
  return Array.isArray(value)
}

/** The value of a map's own key, never an inherited one such as `constructor`. */
export function member(value: Value | undefined, key: string): Value | undefined {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The value at the end of a chain of map keys. */
export function memberAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  return keys.reduce<Value | undefined>(member, value)
}

export { setMember } from '@overlay-render/yq'

/** Whether two values are deeply equal, regardless of the order of map keys. */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  const pending: (Value | undefined)[] = [a, b]
  while (pending.length > 0) {
    const right = pending.pop()
    const left = pending.pop()
    if (left === right || Object.is(left, right)) continue
    if (left instanceof Redacted && right instanceof Redacted) {
      if (left.fingerprint !== right.fingerprint) return false
    } else if (left instanceof TypedText && right instanceof TypedText) {
      if (left.text !== right.text) return false
    } else if (isList(left) && isList(right)) {
      if (left.length !== right.length) return false
      for (let index = 0; index < left.length; index++) pending.push(left[index], right[index])
    } else if (isMap(left) && isMap(right)) {
      const keys = Object.keys(left)
      if (keys.length !== Object.keys(right).length) return false
      for (const key of keys) {
        if (!Object.hasOwn(right, key)) return false
        pending.push(left[key], right[key])
      }
    } else return false
  }
  return true
}

/** Finished text, or a value still to be written. */
type Piece = { readonly text: string } | { readonly value: Value; readonly indent: string }

/**
 * Writes JSON with sorted keys: two values have the same text exactly when they are equal. Bigints are written as digits.
 * With an `indent`, each member has its own line.
 */
export function toJson(root: Value, indent = ''): string {
  const parts: string[] = []
  const stack: Piece[] = [{ value: root, indent: '' }]
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    if ('text' in piece) parts.push(piece.text)
    else if (isList(piece.value)) {
      const items = piece.value.map((value): [string, Value] => ['', value])
      pushMembers(stack, '[]', items, indent, piece.indent)
    } else if (isMap(piece.value)) {
      const map = piece.value
      const colon = indent === '' ? ':' : ': '
      const members = Object.keys(map)
        .sort()
        .map((key): [string, Value] => [JSON.stringify(key) + colon, map[key] ?? null])
      pushMembers(stack, '{}', members, indent, piece.indent)
    } else parts.push(scalarJson(piece.value))
  }
  return parts.join('')
}

/** The largest indentation, so that the text does not grow with the square of the depth. */
const MAX_INDENT = 200

function pushMembers(
  stack: Piece[],
  brackets: '[]' | '{}',
  members: readonly [string, Value][],
  indent: string,
  outer: string,
): void {
  const inner = outer.length < MAX_INDENT ? outer + indent : outer
  const pretty = indent !== '' && members.length > 0
  const pieces: Piece[] = [{ text: brackets.slice(0, 1) }]
  for (const [index, [label, value]] of members.entries()) {
    pieces.push({ text: `${index > 0 ? ',' : ''}${pretty ? `\n${inner}` : ''}${label}` })
    pieces.push({ value, indent: inner })
  }
  pieces.push({ text: `${pretty ? `\n${outer}` : ''}${brackets.slice(1)}` })
  for (const piece of pieces.toReversed()) stack.push(piece)
}

function scalarJson(value: Exclude<Value, Value[]>): string {
  if (typeof value === 'bigint') return String(value)
  // JSON has no infinities and no NaN; YAML's names distinguish them.
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(yamlNumber(value))
  return JSON.stringify(value)
}

/** A number as YAML writes it. */
export function yamlNumber(value: number | bigint): string {
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value)
  if (Number.isNaN(value)) return '.nan'
  return value > 0 ? '.inf' : '-.inf'
}
