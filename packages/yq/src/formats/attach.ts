import { takeNodes } from '../budget/node-budget.ts'
import type { Node } from '../tree/node.ts'

/** Puts a new pair at the end of a mapping. The nodes themselves, not copies: they must belong to no tree yet. */
export function attachPair(mapping: Node, key: Node, value: Node): void {
  takeNodes(2)
  key.parent = mapping
  key.isMapKey = true
  value.parent = mapping
  value.key = key
  mapping.content.push(key, value)
}

/** Puts a new item at the end of a sequence; as with `attachPair`, the node itself. */
export function attachItem(sequence: Node, item: Node): void {
  takeNodes(1)
  item.parent = sequence
  item.setIndex(sequence.content.length)
  sequence.content.push(item)
}
