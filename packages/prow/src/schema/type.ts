import type { Value, ValueMap } from '@overlay-render/golden'

import { PROW_TYPES } from './prow-types.ts'

/** A Go type: the part that decides how a document is decoded and printed as JSON. */
export type Type =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'pointer' | 'list' | 'map'; readonly of: Type }
  | Struct

/** The scalar kinds. Those after `any` are structs with their own decoder. */
export type ScalarKind =
  | 'string'
  | 'bool'
  | 'int'
  | 'float'
  | 'nanoseconds'
  | 'any'
  | 'quantity'
  | 'duration'
  | 'int-or-string'
  | 'time'
  | 'special'

/** A Go struct. */
export interface Struct {
  readonly kind: 'struct'
  readonly name: string
  readonly fields: ReadonlyMap<string, Field>
  /** The fields by their names in lower case: names in JSON are case-insensitive in Go. */
  readonly folded: ReadonlyMap<string, Field>
  /** How an absent struct is printed: the zero values that are not omitted. */
  readonly zero: ValueMap
}

/** A field of a struct. */
export interface Field {
  readonly name: string
  readonly type: Type
  readonly omitsZero: boolean
  /** Set for a field of an embedded struct, where sigs.k8s.io/yaml converts no number to a string. */
  readonly embedded: boolean
}

const SPECIAL: ReadonlyMap<string, ScalarKind> = new Map([
  ['!resource.Quantity', 'quantity'],
  ['!v1.Duration', 'duration'],
  ['!intstr.IntOrString', 'int-or-string'],
  ['!v1.Time', 'time'],
  ['!json.RawMessage', 'any'],
  ['!v1.FieldsV1', 'any'],
  ['string', 'string'],
  ['bool', 'bool'],
  ['int', 'int'],
  ['float', 'float'],
  ['nanoseconds', 'nanoseconds'],
  ['any', 'any'],
])

const WRAPPERS: ReadonlyMap<string, 'pointer' | 'list' | 'map'> = new Map([
  ['*', 'pointer'],
  ['[', 'list'],
  ['{', 'map'],
])

const structs = new Map<string, Struct>()
let sources: ReadonlyMap<string, string> | undefined

/** The struct with a Go name, such as `config.JobConfig`. Created on first use. */
export function structNamed(name: string): Struct {
  const known = structs.get(name)
  if (known !== undefined) return known
  sources ??= new Map(
    PROW_TYPES.trim()
      .split('\n')
      .map((line) => [line.slice(0, `${line} `.indexOf(' ')), line]),
  )
  const fields = new Map<string, Field>()
  const folded = new Map<string, Field>()
  const zero: ValueMap = {}
  const struct: Struct = { kind: 'struct', name, fields, folded, zero }
  structs.set(name, struct)
  for (const word of (sources.get(name) ?? '').split(' ').slice(1)) {
    const field = parseField(word)
    fields.set(field.name, field)
    folded.set(field.name.toLowerCase(), field)
    if (!field.omitsZero || isPrintedWhenZero(field.type)) zero[field.name] = zeroOf(field.type)
  }
  return struct
}

function parseField(word: string): Field {
  const colon = word.indexOf(':')
  const name = word.slice(0, colon)
  const type = word.slice(colon + 1)
  return {
    name: name.replace(/\?$/u, ''),
    type: typeNamed(type.replace(/^\^/u, '')),
    omitsZero: name.endsWith('?'),
    embedded: type.startsWith('^'),
  }
}

/** Parses a type in the notation of the table. */
export function typeNamed(text: string): Type {
  const wrapper = WRAPPERS.get(text.slice(0, 1))
  if (wrapper !== undefined) return { kind: wrapper, of: typeNamed(text.slice(1)) }
  const scalar = SPECIAL.get(text) ?? (text.startsWith('!') ? 'special' : undefined)
  return scalar === undefined ? structNamed(text) : { kind: scalar }
}

const STRUCT_KINDS: ReadonlySet<string> = new Set([
  'struct',
  'quantity',
  'duration',
  'int-or-string',
  'time',
  'special',
])

/** Whether Go prints the zero value: `omitempty` does not omit structs. */
export function isPrintedWhenZero(type: Type): boolean {
  return STRUCT_KINDS.has(type.kind)
}

/** The zero value of a type as it is printed. */
export function zeroOf(type: Type): Value {
  switch (type.kind) {
    case 'struct':
      return type.zero
    case 'string':
      return ''
    case 'bool':
      return false
    case 'int':
    case 'float':
    case 'nanoseconds':
    case 'int-or-string':
      return 0
    case 'quantity':
      return '0'
    case 'duration':
      return '0s'
    default:
      return null
  }
}
