import type { Node } from '../tree/node.ts'
import { Style } from '../tree/node.ts'

/** Strings that YAML 1.1 reads as booleans: they keep their quotes. */
const OLD_BOOLEAN = /^(y|yes|n|no|on|off)$/i

/** What `-P` does: takes away the style of every node and key, in place. Anchored nodes behind aliases are not entered. */
export function resetStyles(root: Node): void {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.tag !== '!!str' || !OLD_BOOLEAN.test(node.value)) node.style = Style.plain
    for (const child of node.content) open.push(child)
  }
}
