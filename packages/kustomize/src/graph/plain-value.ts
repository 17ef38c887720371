import { once } from '@overlay-render/system'
import { type Node, readPlainYaml, Style } from '@overlay-render/yq'

import { scalarKind } from './scalar-kind.ts'
import type { Entry, Value } from './value.ts'

/** Anchors, aliases and merge keys, or text that looks like them. */
const REFERENCE = /[&*]|<</u

/**
 * Reads a document in plain block style without anchors, many times faster than the YAML library. Returns undefined for every other
 * text.
 */
export function plainValue(text: string): Value | undefined {
  if (REFERENCE.test(text)) return undefined
  const root = readPlainYaml(text)
  return root === undefined ? undefined : valueOf(root)
}

function valueOf(node: Node): Value {
  const at = node.start
  if (node.kind === 'mapping') return { kind: 'map', at, entries: once(() => entriesOf(node.content)) }
  if (node.kind === 'sequence') return { kind: 'list', at, items: once(() => node.content.map(valueOf)) }
  return { kind: scalarKind(node.value, node.style === Style.plain, undefined), at, text: node.value }
}

/** The entries of a map; the last of duplicate keys wins. */
function entriesOf(content: readonly Node[]): Entry[] {
  const entries = new Map<string, Entry>()
  const written = new Map<string, number>()
  for (let index = 0; index + 1 < content.length; index += 2) {
    const [key, value] = content.slice(index, index + 2)
    if (key === undefined || value === undefined) continue
    const first = written.get(key.value)
    if (first === undefined) written.set(key.value, key.start)
    const repeats = first === undefined ? {} : { repeats: first }
    entries.set(key.value, { key: key.value, at: key.start, value: valueOf(value), ...repeats })
  }
  return [...entries.values()]
}
