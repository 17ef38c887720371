import { byteLength } from '../../go/byte-text.ts'
import { trimSpace } from '../../go/white-space.ts'
import { mapEntries } from '../../tree/children.ts'
import type { Kind, Node } from '../../tree/node.ts'
import { cannotEncode } from '../format-fault.ts'
import { DEFAULT_SECTION } from './reader.ts'

/** Go's numbers for kinds of nodes. */
const KIND_NUMBERS: Readonly<Record<Kind, number>> = { sequence: 1, mapping: 2, scalar: 4, alias: 8 }

/** Encodes a map of scalars and of maps of scalars as INI; deeper values are left out. A scalar is printed as its text. */
export function encodeIni(node: Node): string {
  if (node.kind === 'scalar') return `${node.value}\n`
  if (node.kind !== 'mapping') {
    throw cannotEncode(
      `INI encoder supports only MappingNode at the root level, got ${KIND_NUMBERS[node.kind]}`,
    )
  }
  const sections = collect(node)
  const blocks = [...sections].map(([name, values]) => {
    if (name !== DEFAULT_SECTION) return `[${name}]\n${entries(values)}`
    return values.size === 0 ? undefined : entries(values)
  })
  return blocks.filter((block) => block !== undefined).join('\n')
}

type Values = Map<string, string>

function collect(root: Node): Map<string, Values> {
  const ownValues: Values = new Map()
  const sections = new Map<string, Values>([[DEFAULT_SECTION, ownValues]])
  for (const [key, value] of mapEntries(root)) {
    if (value.kind === 'scalar') setValue(ownValues, key, value)
    if (value.kind !== 'mapping') continue
    if (key.value === '') throw cannotEncode('empty section name')
    const values = sections.get(key.value) ?? new Map<string, string>()
    sections.set(key.value, values)
    for (const [name, inner] of mapEntries(value)) if (inner.kind === 'scalar') setValue(values, name, inner)
  }
  return sections
}

function setValue(values: Values, key: Node, { value }: Node): void {
  if (key.value === '') throw cannotEncode('error creating new key: empty key name')
  values.set(key.value, value)
}

/** One line for each key, with aligned `=`. */
function entries(values: Values): string {
  const names = Array.from(values.keys(), quoteKey)
  const width = Math.max(0, ...names.map(byteLength))
  return Array.from(values.values(), (value, index) => {
    const name = names[index] ?? ''
    return `${name}${' '.repeat(width - byteLength(name))} = ${quoteValue(value)}\n`
  }).join('')
}

function quoteKey(key: string): string {
  if (/["=:]/.test(key)) return `\`${key}\``
  return key.includes('`') ? `"""${key}"""` : key
}

function quoteValue(value: string): string {
  if (/[\n`]/.test(value)) return `"""${value}"""`
  if (/[#;]/.test(value)) return `\`${value}\``
  return trimSpace(value) === value ? value : `"${value}"`
}
