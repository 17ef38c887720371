import type { DocumentInfo, Node } from './node.ts'

/** The node that has no parent, above or equal to `node`. */
export function rootOf(node: Node): Node {
  let root = node
  while (root.parent !== undefined) root = root.parent
  return root
}

/** What is known of the document that a node is in; undefined for nodes that an expression made on their own. */
export function documentOf(node: Node): DocumentInfo | undefined {
  return rootOf(node).document
}

/** Keys and indices from the root to `node`, as yq's `path` gives them: a key is a string, an index a number. */
export function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    const step = stepTo(at)
    if (step === undefined) break
    path.push(step)
  }
  return path.toReversed()
}

/** The last element of a node's path; undefined for a root, and for a node that was made on its own. */
export function stepTo(node: Node): string | number | undefined {
  if (node.isMapKey) return node.value
  const key = node.key
  if (key === undefined) return undefined
  if (key.tag === '!!str') return key.value
  return /^[-+]?\d+$/.test(key.value) ? Number(key.value) : key.value
}
