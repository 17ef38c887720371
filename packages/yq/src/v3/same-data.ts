import type { Node } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'

/** Whether two trees have the same kinds, types and texts, ignoring comments, styles and anchors. */
export function holdsSameData(left: Node, right: Node): boolean {
  const open: [Node, Node][] = [[left, right]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair
    if (a.kind !== b.kind || a.content.length !== b.content.length) return false
    // A collection that replaced a scalar still has the scalar's text, which has no meaning.
    const isText = a.kind === 'scalar' || a.kind === 'alias'
    if (isText && a.value !== b.value) return false
    if (a.kind === 'scalar' && tagOf(a) !== tagOf(b)) return false
    for (const [index, child] of a.content.entries()) {
      const other = b.content[index]
      if (other !== undefined) open.push([child, other])
    }
  }
  return true
}

/** The tag after printing and reading. New nodes have none: it is inferred from plain text; empty text is printed in quotes. */
function tagOf(node: Node): string {
  if (node.tag !== '') return node.tag
  return node.style === 0 && node.value !== '' ? resolveTag(node.value) : '!!str'
}
