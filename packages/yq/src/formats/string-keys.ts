import type { Node } from '../tree/node.ts'

/**
 * Tags the keys of all maps as strings, in place, like yq for formats in which keys are names. Keys such as `true` or
 * `1` are quoted when the tree is printed later.
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
