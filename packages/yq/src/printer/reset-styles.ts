import { type Node, Style } from '../tree/node.ts'

/** Strings that YAML 1.1 reads as booleans: they keep their quotes. */
const OLD_BOOLEAN = /^(y|yes|n|no|on|off)$/i

/**
 * What `-P` does: takes away the style of a node and of every node and key below it, in place. Of keys that
 * are duplicated in a mapping yq sees the last one only, so the others keep theirs.
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

/** yq makes a list of whatever is tagged as null, a map's keys and values included, when it steps into it. */
function turnNullIntoList(node: Node): void {
  if (node.tag !== '!!null' || node.content.length === 0) return
  node.kind = 'sequence'
  node.tag = '!!seq'
}
