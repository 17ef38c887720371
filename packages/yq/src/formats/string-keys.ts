import type { Node } from '../tree/node.ts'

/**
 * Tags the keys of all maps as strings, as yq does with what it writes as names. It does so to the tree itself:
 * keys such as `true` or `1` are quoted when that tree is printed later.
 */
export function tagKeysAsStrings(root: Node): void {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [index, child] of node.content.entries()) {
      if (node.kind === 'mapping' && index % 2 === 0) child.tag = '!!str'
      if (child.content.length > 0) open.push(child)
    }
  }
}
