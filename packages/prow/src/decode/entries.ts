import type { Finding } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import { targetOf } from './aliases.ts'
import { mergedMaps, positionOfNode } from './origins.ts'
import { scalarOf } from './scalar.ts'

/** An entry of a mapping, its own or merged. */
export interface Entry {
  readonly key: string
  readonly keyNode: Node
  readonly value: Node
}

/**
 * The entries of a mapping as go-yaml v2 reads them, in order: a merge key replaces entries before it, and the last of duplicate
 * keys wins. Duplicate keys are reported.
 */
export function entriesOf(
  node: Node,
  { report }: { readonly report: (finding: Finding) => void },
): Iterable<Entry> {
  const entries = new Map<string, Entry>()
  const written = new Map<string, Node>()
  for (let index = 0; index + 1 < node.content.length; index += 2) {
    const keyNode = node.content[index]
    const value = node.content[index + 1]
    if (keyNode === undefined || value === undefined) continue
    if (isMergeKey(keyNode)) {
      for (const map of mergedMaps(value).toReversed()) {
        for (const entry of ownEntries(targetOf(map))) entries.set(entry.key, entry)
      }
      continue
    }
    const key = keyText(keyNode)
    if (key === undefined) continue
    const first = written.get(key)
    if (first === undefined) written.set(key, keyNode)
    else report(duplicateKey(key, keyNode, first))
    entries.set(key, { key, keyNode, value })
  }
  return entries.values()
}

/** The entries that a merge key adds: those of the map, and those that it merges itself. */
function ownEntries(map: Node): Entry[] {
  const found: Entry[] = []
  const pending = [map]
  for (let at = pending.pop(), steps = 0; at !== undefined && steps < 1000; at = pending.pop(), steps++) {
    const own: Entry[] = []
    for (let index = 0; index + 1 < at.content.length; index += 2) {
      const keyNode = at.content[index]
      const value = at.content[index + 1]
      if (keyNode === undefined || value === undefined) continue
      const key = keyText(keyNode)
      if (isMergeKey(keyNode)) pending.push(...mergedMaps(value))
      else if (key !== undefined) own.push({ key, keyNode, value })
    }
    found.unshift(...own)
  }
  return found
}

function isMergeKey(node: Node): boolean {
  return node.kind === 'scalar' && node.value === '<<' && node.style === 0
}

function keyText(node: Node): string | undefined {
  const target = targetOf(node)
  if (target.kind !== 'scalar') return undefined
  const value = scalarOf(target)
  return value === null ? undefined : String(value)
}

function duplicateKey(key: string, node: Node, first: Node): Finding {
  return {
    rule: 'duplicate-key',
    severity: 'error',
    message: `the key ${JSON.stringify(key)} is a duplicate, first on line ${first.line}`,
    object: `${positionOfNode(node).file} ${JSON.stringify(key)}`,
    position: positionOfNode(node),
    hint: 'Prow uses the last one: remove the other',
  }
}
