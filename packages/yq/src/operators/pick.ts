import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { integerNode } from './make-node.ts'
import { indexOfEqual } from './node-equality.ts'
import { pathText } from '../tree/path-text.ts'
import type { Operation } from '../expression/ast.ts'
import { parseNotation } from '../go/integers.ts'
import { appendContent, mapEntries } from '../tree/children.ts'
import { copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'

/** A copy with only the keys or indices that the argument lists, in the order of that list. */
export function pick(context: Context, { argument }: Operation<'pick'>): Context {
  const wanted = context.evaluate(argument).nodes[0]?.content ?? []
  return context.with(
    context.nodes.map((node) => {
      if (node.kind === 'mapping')
        return copyWith(
          node,
          wanted.flatMap((key) => entryOf(node, key)),
        )
      if (node.kind === 'sequence')
        return copyWith(
          node,
          wanted.flatMap((key) => itemOf(node, key)),
        )
      throw evaluationFault(`cannot pick indices from type ${node.tag} (${pathText(node)})`)
    }),
  )
}

function entryOf(mapping: Node, key: Node): readonly Node[] {
  const found = indexOfEqual(mapping, key, 2)
  return found < 0 ? [] : mapping.content.slice(found, found + 2)
}

function itemOf(sequence: Node, key: Node): readonly Node[] {
  const index = parseNotation(key.value)
  if (!index.ok) throw evaluationFault(`cannot index array with ${key.value}`)
  const item = sequence.content[Number(index.value)]
  return item === undefined ? [] : [item]
}

/** A copy without the keys or indices that the argument lists. Stops at a match that is not a collection. */
export function omit(context: Context, { argument }: Operation<'omit'>): Context {
  const [unwanted] = context.evaluate(argument).nodes
  if (unwanted === undefined || unwanted.content.length === 0) return context
  const isOmitted = (key: Node): boolean => indexOfEqual(unwanted, key, 1) >= 0
  const results: Node[] = []
  for (const node of context.nodes) {
    if (node.kind === 'mapping') {
      const entries = [...mapEntries(node)].filter(([key]) => !isOmitted(key))
      results.push(copyWith(node, entries.flat()))
    } else if (node.kind === 'sequence') {
      const items = node.content.filter((_, index) => !isOmitted(integerNode(index)))
      results.push(copyWith(node, items))
    } else {
      return context
    }
  }
  return context.with(results)
}

function copyWith(node: Node, content: readonly Node[]): Node {
  const copy = copyWithoutContent(node)
  appendContent(copy, content)
  return copy
}
