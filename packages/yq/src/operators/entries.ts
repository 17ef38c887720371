import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { integerNode, leadingContentOf, replacementWithComments, setLeadingContent } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import { appendItem, appendPair, mapEntries, stringNode } from '../tree/children.ts'
import { copyWithoutContent } from '../tree/copy-node.ts'
import { Node } from '../tree/node.ts'
import { listOf } from './collect.ts'
import { findEntries } from './find-entries.ts'
import { NOWHERE } from './path-options.ts'
import { splat } from './paths.ts'

/** A list of `{key, value}` maps; nothing for null. */
export function toEntries(context: Context): Context {
  return context.with(context.nodes.flatMap((node) => entriesOf(node) ?? []))
}

function entriesOf(node: Node): Node | undefined {
  if (node.kind !== 'mapping' && node.kind !== 'sequence') {
    if (node.tag === '!!null') return undefined
    throw evaluationFault(`${node.tag} has no keys`)
  }
  const list = replacementWithComments(node, 'sequence', '!!seq', 0)
  const pairs: Iterable<[Node, Node]> =
    node.kind === 'mapping'
      ? mapEntries(node)
      : node.content.map((item, index): [Node, Node] => [integerNode(index), item])
  for (const [key, value] of pairs) {
    const entry = new Node('mapping', '!!map')
    appendPair(entry, stringNode('key'), key)
    appendPair(entry, stringNode('value'), value)
    appendItem(list, entry)
  }
  return list
}

export function fromEntries(context: Context): Context {
  return context.with(context.nodes.map((node) => mapOfEntries(context, node)))
}

function mapOfEntries(context: Context, node: Node): Node {
  if (node.kind !== 'sequence') throw evaluationFault('from entries only runs against arrays')
  const map = copyWithoutContent(node)
  for (const [position, entry] of node.content.entries()) {
    appendPair(map, partOf(context, entry, 'key', position), partOf(context, entry, 'value', position))
  }
  map.kind = 'mapping'
  map.tag = '!!map'
  return map
}

function partOf(context: Context, entry: Node, name: string, position: number): Node {
  const found = findEntries(context, entry, name, { range: NOWHERE })
  const [part] = found
  if (part === undefined || found.length > 1) {
    throw evaluationFault(
      `expected to find one '${name}' entry but found ${found.length} in position ${position}`,
    )
  }
  return part
}

/** `to_entries | map(argument) | from_entries`. */
export function withEntries(context: Context, { argument, range }: Operation<'withEntries'>): Context {
  const results: Node[] = []
  for (const entries of toEntries(context).nodes) {
    const changed = splat(context, entries, { range }).flatMap(
      (entry) => context.withSingle(entry).evaluate(argument).nodes,
    )
    const list = listOf(changed)
    setLeadingContent(list, leadingContentOf(entries))
    list.headComment = entries.headComment
    list.footComment = entries.footComment
    results.push(mapOfEntries(context, list))
  }
  return context.with(results)
}
