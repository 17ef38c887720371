import { takeSteps } from '../budget/node-budget.ts'
import { realTag } from '../tree/real-tag.ts'
import type { Node } from '../tree/node.ts'

/**
 * Whether two nodes are equal in kinds, tags and scalar texts, with map keys in any order. Styles and comments do not
 * count. Uses a list of pairs instead of recursion.
 */
function areEqual(left: Node, right: Node): boolean {
  const open: [Node, Node][] = [[left, right]]
  let pairs = 0
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    pairs++
    if (!compareAlone(pair[0], pair[1], open)) {
      takeSteps(pairs)
      return false
    }
  }
  takeSteps(pairs)
  return true
}

/** The index of the list item, or of the key in a map's content, that equals `wanted`; -1 if there is none. */
export function indexOfEqual(collection: Node, wanted: Node, stride: 1 | 2): number {
  for (let index = 0; index < collection.content.length; index += stride) {
    const candidate = collection.content[index]
    if (candidate !== undefined && areEqual(candidate, wanted)) return index
  }
  return -1
}

/** A set of nodes by equality; scalars are looked up by type and text. */
export class EqualNodes {
  readonly #scalars = new Set<string>()
  readonly #others: Node[] = []
  #hasNull = false

  constructor(nodes: Iterable<Node>) {
    for (const node of nodes) {
      if (node.kind !== 'scalar') this.#others.push(node)
      else if (node.tag === '!!null') this.#hasNull = true
      else this.#scalars.add(`${realTag(node)} ${node.value}`)
    }
  }

  has(wanted: Node): boolean {
    if (wanted.kind !== 'scalar') return this.#others.some((node) => areEqual(node, wanted))
    const tag = realTag(wanted)
    return (tag === '!!null' && this.#hasNull) || this.#scalars.has(`${tag} ${wanted.value}`)
  }
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
