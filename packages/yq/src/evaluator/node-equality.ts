import { realTag } from '../tree/real-tag.ts'
import type { Node } from '../tree/node.ts'

/**
 * Whether two nodes say the same: kinds, tags and texts of scalars; maps in any order of their keys. Style and
 * comments do not count. Works through a list of pairs, so that depth costs no stack.
 */
function areEqual(left: Node, right: Node): boolean {
  const open: [Node, Node][] = [[left, right]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    if (!compareAlone(pair[0], pair[1], open)) return false
  }
  return true
}

/** Index of the item of a list, or of the key in a map's content, that equals `wanted`; -1 if there is none. */
export function indexOfEqual(collection: Node, wanted: Node, stride: 1 | 2): number {
  for (let index = 0; index < collection.content.length; index += stride) {
    const candidate = collection.content[index]
    if (candidate !== undefined && areEqual(candidate, wanted)) return index
  }
  return -1
}

/** Compares all but the children, whose pairs it adds to `open`. */
function compareAlone(left: Node, right: Node, open: [Node, Node][]): boolean {
  if (left.kind !== right.kind) return false
  if (left.kind === 'scalar' && realTag(left) !== realTag(right)) return false
  if (left.tag === '!!null') return true
  if (left.kind === 'scalar') return left.value === right.value
  if (left.kind === 'alias' || left.content.length !== right.content.length) return false
  return left.kind === 'sequence' ? pairItems(left, right, open) : pairEntries(left, right, open)
}

function pairItems(left: Node, right: Node, open: [Node, Node][]): boolean {
  for (const [index, item] of left.content.entries()) {
    const other = right.content[index]
    if (other === undefined) return false
    open.push([item, other])
  }
  return true
}

function pairEntries(left: Node, right: Node, open: [Node, Node][]): boolean {
  for (let index = 0; index + 1 < left.content.length; index += 2) {
    const key = left.content[index]
    const value = left.content[index + 1]
    if (key === undefined || value === undefined) return false
    const found = indexOfEqual(right, key, 2)
    const other = right.content[found + 1]
    if (found < 0 || other === undefined) return false
    open.push([value, other])
  }
  return true
}
