import { takeNodes } from '../budget/node-budget.ts'
import type { Node } from '../tree/node.ts'

/** Appends a pair to a mapping, without copying. The nodes must not belong to a tree yet. */
export function attachPair(mapping: Node, key: Node, value: Node): void {
  takeNodes(2)
  key.parent = mapping
  key.isMapKey = true
  value.parent = mapping
  value.key = key
  mapping.content.push(key, value)
}

/** Appends an item to a sequence, without copying, like `attachPair`. */
export function attachItem(sequence: Node, item: Node): void {
  takeNodes(1)
  item.parent = sequence
  item.setIndex(sequence.content.length)
  sequence.content.push(item)
}
