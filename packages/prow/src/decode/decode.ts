import { type Value, type ValueMap, setMember } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import { type Field, isPrintedWhenZero, type Struct, type Type } from '../schema/type.ts'
import { targetOf } from './aliases.ts'
import type { DecodeContext } from './decode-context.ts'
import { type Entry, entriesOf } from './entries.ts'
import { positionOfNode } from './origins.ts'
import { plainValue } from './plain-value.ts'
import { decodeScalar } from './decode-scalar.ts'

/**
 * Decodes a node into a Go type and back to JSON as Go does: fields have Go's names, and zero values are left out or kept as the
 * type says. A value that does not fit is reported and becomes the zero value.
 */
export function decode(node: Node, type: Type, context: DecodeContext): Value {
  return decodeNode(node, type, { ...context, coerce: true })
}

interface Settings extends DecodeContext {
  /** Whether numbers and booleans are converted to strings where a string is expected. */
  readonly coerce: boolean
}

/** Recurses on the depth of the type, which is bounded. Untyped values are read without recursion. */
function decodeNode(node: Node, type: Type, settings: Settings): Value {
  const target = targetOf(node)
  if (target !== node) return settings.budget.within(() => decodeNode(target, type, settings))
  settings.budget.count()
  if (type.kind === 'pointer') return isNull(node) ? null : decodeNode(node, type.of, settings)
  if (type.kind === 'struct') return decodeStruct(node, type, settings)
  if (type.kind === 'list') return decodeList(node, type.of, settings)
  if (type.kind === 'map') return decodeMap(node, type.of, settings)
  if (type.kind === 'any' || type.kind === 'special') return plainValue(node, settings)
  return decodeScalar(node, type.kind, settings)
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 0 && ['', '~', 'null', 'Null', 'NULL'].includes(node.value)
}

function decodeStruct(node: Node, struct: Struct, settings: Settings): ValueMap {
  if (node.kind !== 'mapping') {
    if (!isNull(node)) wrongType(node, 'a map', settings)
    return struct.zero
  }
  const made: ValueMap = { ...struct.zero }
  settings.origins.note(made, node)
  const unembedded = settings.coerce ? settings : { ...settings, coerce: false }
  for (const entry of entriesOf(node, settings)) {
    const field = struct.fields.get(entry.key) ?? struct.folded.get(entry.key.toLowerCase())
    if (field === undefined) {
      unknownField(entry, struct, settings)
      continue
    }
    const inner = field.embedded && settings.coerce ? { ...settings, coerce: false } : unembedded
    const value = decodeNode(entry.value, field.type, inner)
    if (isOmitted(value, field)) delete made[field.name]
    else made[field.name] = value
  }
  return made
}

/** Go's `omitempty`: omits a zero value that is not a pointer. */
function isOmitted(value: Value, { type, omitsZero }: Field): boolean {
  if (!omitsZero || isPrintedWhenZero(type)) return false
  if (value === null) return true
  if (type.kind === 'pointer') return false
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object') return type.kind === 'map' && Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
}

function decodeList(node: Node, type: Type, settings: Settings): Value {
  if (isNull(node)) return null
  if (node.kind !== 'sequence') {
    wrongType(node, 'a list', settings)
    return null
  }
  const made = node.content.map((item) => decodeNode(item, type, settings))
  settings.origins.note(made, node)
  return made
}

function decodeMap(node: Node, type: Type, settings: Settings): Value {
  if (isNull(node)) return null
  if (node.kind !== 'mapping') {
    wrongType(node, 'a map', settings)
    return null
  }
  const made: ValueMap = {}
  settings.origins.note(made, node)
  for (const { key, value } of entriesOf(node, settings))
    setMember(made, key, decodeNode(value, type, settings))
  return made
}

const NAMES_OF_KINDS = {
  mapping: 'a map',
  sequence: 'a list',
  scalar: 'a single value',
  alias: 'an alias',
} as const

function wrongType(node: Node, wanted: string, { report }: DecodeContext): void {
  report({
    rule: 'wrong-type',
    severity: 'error',
    message: `expected ${wanted}, found ${NAMES_OF_KINDS[node.kind]}`,
    position: positionOfNode(node),
    hint: 'correct it: until then Prow refuses the whole configuration',
  })
}

function unknownField({ key, keyNode }: Entry, struct: Struct, { report }: DecodeContext): void {
  const [nearest] = nearestNames(key, struct.fields.keys())
  report({
    rule: 'unknown-field',
    severity: 'error',
    message: `${JSON.stringify(key)} is not a field of ${describeStruct(struct.name)}`,
    position: positionOfNode(keyNode),
    hint:
      nearest === undefined
        ? 'Prow silently ignores the field: remove it, or move it to where it belongs'
        : `Prow silently ignores the field: did you mean ${nearest}?`,
  })
}

const STRUCT_NAMES: ReadonlyMap<string, string> = new Map([
  ['config.JobConfig', 'a job file'],
  ['config.Presubmit', 'a presubmit'],
  ['config.Postsubmit', 'a postsubmit'],
  ['config.Periodic', 'a periodic'],
  ['config.Preset', 'a preset'],
  ['plugins.Configuration', 'the plugin configuration'],
])

function describeStruct(name: string): string {
  return STRUCT_NAMES.get(name) ?? name.slice(name.indexOf('.') + 1)
}
