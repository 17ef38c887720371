import { once } from '@overlay-render/system'
import { type Node, readPlainYaml, Style } from '@overlay-render/yq'

import { mergeEntries, type NodePair, type NodeReader } from './merge-entries.ts'
import { scalarKind } from './scalar-kind.ts'
import type { Value } from './value.ts'

/**
 * The value of a document in plain block style, read many times as fast as by the YAML library; undefined for every other text, and for
 * an anchor or alias that needs more than a look at its node.
 */
export function plainValue(text: string): Value | undefined {
  const root = readPlainYaml(text)
  if (root === undefined || (/[&*]/u.test(text) && !hasSimpleReferences(root))) return undefined
  return valueOf(root)
}

/** Whether every anchor is one of a map, and no alias is inside of its target. */
function hasSimpleReferences(root: Node): boolean {
  const pending = [root]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.anchor !== '' && node.kind !== 'mapping') return false
    if (node.kind === 'alias' && (node.alias?.end ?? node.start) > node.start) return false
    pending.push(...node.content)
  }
  return true
}

function valueOf(node: Node): Value {
  // An alias keeps its own offset: the line where the user uses the value.
  if (node.alias !== undefined) return { ...valueOf(node.alias), at: node.start }
  const at = startOf(node)
  if (node.kind === 'mapping')
    return { kind: 'map', at, entries: once(() => mergeEntries(pairsOf(node), READER)) }
  if (node.kind === 'sequence') return { kind: 'list', at, items: once(() => node.content.map(valueOf)) }
  return { kind: scalarKind(node.value, node.style === Style.plain, undefined), at, text: node.value }
}

/** Where a node starts, after its anchor. */
function startOf({ anchor, content: [first], start }: Node): number {
  return anchor === '' || first === undefined ? start : first.start
}

const READER: NodeReader<Node> = {
  valueOf,
  isMergeKey: ({ kind, value, style }) => kind === 'scalar' && value === '<<' && style === Style.plain,
  mapsOf(value) {
    const target = value?.alias ?? value
    const maps = target?.kind === 'sequence' ? target.content.map((item) => item.alias ?? item) : [target]
    return maps.map((map) => (map?.kind === 'mapping' ? pairsOf(map) : []))
  },
}

function pairsOf({ content }: Node): NodePair<Node>[] {
  return content.flatMap((key, index): NodePair<Node>[] =>
    index % 2 === 0 ? [[key, content[index + 1]]] : [],
  )
}
