import { type Node, Style } from '../tree/node.ts'

/** Strings that are booleans in YAML 1.1: they keep their quotes. */
const OLD_BOOLEAN = /^(y|yes|n|no|on|off)$/i

/**
 * Resets the style of a node, and of all nodes and keys below it, in place (`-P`). yq sees only the last of duplicate
 * keys in a mapping, so the others keep their style.
 */
export function resetStyles(root: Node): void {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    turnNullIntoList(node)
    if (node.tag !== '!!str' || !OLD_BOOLEAN.test(node.value)) node.style = Style.plain
    for (const child of node.kind === 'mapping' ? lastPairs(node) : node.content) open.push(child)
  }
}

function lastPairs(mapping: Node): Node[] {
  const pairs = new Map<string, readonly Node[]>()
  for (let index = 0; index + 1 < mapping.content.length; index += 2) {
    const pair = mapping.content.slice(index, index + 2)
    pairs.set(pair[0]?.value ?? '', pair)
  }
  return [...pairs.values()].flat()
}

/** yq turns a collection tagged `!!null` into a sequence when it visits it, even a mapping. */
function turnNullIntoList(node: Node): void {
  if (node.tag !== '!!null' || node.content.length === 0) return
  node.kind = 'sequence'
  node.tag = '!!seq'
}
