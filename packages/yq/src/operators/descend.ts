import type { Context } from '../evaluator/context.ts'
import type { Operation } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'
import { findEntries } from './find-entries.ts'
import type { PathOptions } from './path-options.ts'

/** `..` and `...`: every node and its descendants, in preorder. Aliases are not followed. */
export function descend(context: Context, { keys, range }: Operation<'descend'>): Context {
  return context.with(withDescendants(context, context.nodes, { keys, followMerges: false, range }))
}

/** The nodes and their descendants, in document order, without recursion. */
export function withDescendants(
  context: Context,
  nodes: readonly Node[],
  options: PathOptions,
  intoLists = true,
): Node[] {
  const results: Node[] = []
  const open = nodes.toReversed()
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    results.push(node)
    if (node.content.length === 0 || node.kind === 'alias') continue
    // Assigning a node to one of its children can result in a null with content, which yq treats as a list.
    if (node.tag === '!!null') {
      node.kind = 'sequence'
      node.tag = ''
    }
    if (node.kind === 'sequence') {
      if (intoLists) pushReversed(open, node.content)
    } else {
      pushReversed(open, findEntries(context, node, undefined, options))
    }
  }
  return results
}

function pushReversed(open: Node[], children: readonly Node[]): void {
  for (let index = children.length - 1; index >= 0; index--) {
    const child = children[index]
    if (child !== undefined) open.push(child)
  }
}
