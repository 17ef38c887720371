/**
 * The content of a YAML document as plain JavaScript. Numbers are JavaScript numbers, except integers beyond
 * ±(2^53 - 1), which are bigints, so that two of them never compare equal by rounding.
 */
export type Value = null | boolean | number | bigint | string | TypedText | Redacted | Value[] | ValueMap

export interface ValueMap {
  [key: string]: Value
}

/** A date or a time of a file in YAML 1.1: no text, though it is written like one. */
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
 * Stands in for a value that must not be shown. Equal values have equal fingerprints within one comparison; the
 * fingerprint is keyed, so it cannot be guessed back by trying likely values.
 */
export class Redacted {
  /** Hexadecimal, of the whole value. */
  readonly fingerprint: string
  /** The text without its secrets, where only parts of it must not be shown. */
  readonly shown: string | undefined

  constructor(fingerprint: string, shown?: string) {
    this.fingerprint = fingerprint
    this.shown = shown
  }

  /** What reports show in place of the value. */
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

/** The value of a map's own key: never what a map inherits, such as `constructor`. */
export function member(value: Value | undefined, key: string): Value | undefined {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The value at the end of a chain of map keys. */
export function memberAt(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  return keys.reduce<Value | undefined>(member, value)
}

/** Sets an own key, also when it is called `__proto__`. */
export function setMember(map: ValueMap, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
  } else map[key] = value
}

/** Whether two values hold the same; the order of map keys does not matter. */
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

/** A piece of text that is ready, or a value that is still to be written. */
type Piece = { readonly text: string } | { readonly value: Value; readonly indent: string }

/**
 * JSON with sorted keys: two values have the same text exactly when they are equal. A bigint is written as its
 * digits. With an `indent`, one member a line.
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

/** Beyond this many columns deeper members are not indented further: a text must not grow with the square of its depth. */
const DEEPEST_INDENT = 200

function pushMembers(
  stack: Piece[],
  brackets: '[]' | '{}',
  members: readonly [string, Value][],
  indent: string,
  outer: string,
): void {
  const inner = outer.length < DEEPEST_INDENT ? outer + indent : outer
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
  // JSON has no infinities and no NaN; YAML's names for them keep them apart.
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(yamlNumber(value))
  return JSON.stringify(value)
}

/** A number as YAML writes it. */
export function yamlNumber(value: number | bigint): string {
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value)
  if (Number.isNaN(value)) return '.nan'
  return value > 0 ? '.inf' : '-.inf'
}
