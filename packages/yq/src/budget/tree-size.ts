import type { Node } from '../tree/node.ts'

/** The number of nodes in these trees; stops counting beyond the limit. */
export function treeSize(roots: Iterable<Node>, limit: number): number {
  let size = 0
  const open: Node[] = []
  for (const root of roots) {
    size++
    if (root.content.length > 0) open.push(root)
    for (let node = open.pop(); node !== undefined && size <= limit; node = open.pop()) {
      size += node.content.length
      for (const child of node.content) if (child.content.length > 0) open.push(child)
    }
    if (size > limit) break
  }
  return size
}
