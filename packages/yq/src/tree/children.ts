import { copyNode } from './copy-node.ts'
import { Node } from './node.ts'

/** The pairs of a mapping. Skips a last key without a value, which only an invalid tree has. */
export function* mapEntries(mapping: Node): Generator<[key: Node, value: Node]> {
  for (let index = 0; index + 1 < mapping.content.length; index += 2) {
    const key = mapping.content[index]
    const value = mapping.content[index + 1]
    if (key !== undefined && value !== undefined) yield [key, value]
  }
}

/** The values of a mapping, the items of a sequence; none for a scalar. */
export function childValues(node: Node): Node[] {
  if (node.kind === 'sequence') return [...node.content]
  return node.kind === 'mapping' ? Array.from(mapEntries(node), ([, value]) => value) : []
}

/** Adds copies of `key` and `value` at the end of a mapping, and returns these copies. */
export function appendPair(mapping: Node, key: Node, value: Node): [key: Node, value: Node] {
  const newKey = copyNode(key)
  newKey.parent = mapping
  newKey.isMapKey = true
  const newValue = copyNode(value)
  newValue.parent = mapping
  newValue.isMapKey = false
  newValue.key = newKey
  mapping.content.push(newKey, newValue)
  return [newKey, newValue]
}

/** Adds a copy of `item` at the end of a sequence, and returns that copy. */
export function appendItem(sequence: Node, item: Node): Node {
  const copy = copyNode(item)
  copy.parent = sequence
  copy.isMapKey = false
  copy.setIndex(sequence.content.length)
  sequence.content.push(copy)
  return copy
}

/** Adds copies of pairs (key, value, key, …) to a mapping, or of items to anything else. */
export function appendContent(node: Node, content: readonly Node[]): void {
  if (node.kind !== 'mapping') {
    for (const item of content) appendItem(node, item)
    return
  }
  for (let index = 0; index + 1 < content.length; index += 2) {
    const key = content[index]
    const value = content[index + 1]
    if (key !== undefined && value !== undefined) appendPair(node, key, value)
  }
}

/** A new plain scalar. `<<` is a merge key and everything else a string. */
export function stringNode(value: string): Node {
  return new Node('scalar', value === '<<' ? '!!merge' : '!!str', value)
}
