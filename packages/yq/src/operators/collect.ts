import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import { appendItem, appendPair } from '../tree/children.ts'
import { copyNode } from '../tree/copy-node.ts'
import { type DocumentInfo, Node, Style } from '../tree/node.ts'
import { documentOf } from '../tree/path.ts'
import { crossProduct } from './cross-product.ts'
import { multiplyBy } from './multiply.ts'
import { NOWHERE } from './path-options.ts'
import { splat } from './paths.ts'

/** `[…]`: a list for every match, or one list if the documents are evaluated together. */
export function collect(context: Context, { argument }: Operation<'collect'>): Context {
  if (context.nodes.length === 0) return context.withSingle(new Node('sequence', '!!seq', '[]'))
  if (context.isTogether) {
    const results = context.nodes.flatMap((node) => context.withSingleReadOnly(node).evaluate(argument).nodes)
    return context.withSingle(listOf(results))
  }
  return context.with(
    context.nodes.map((node) => {
      const list = replacementOf(node, 'sequence', '!!seq')
      const items = context.withSingle(node).evaluate(argument).nodes
      for (const item of items) appendItem(list, item)
      return list
    }),
  )
}

/** A new list with copies of these nodes. */
export function listOf(nodes: Iterable<Node>): Node {
  const list = new Node('sequence', '!!seq')
  for (const node of nodes) appendItem(list, node)
  return list
}

/**
 * `key: value` in braces. The result is a list per match, with a one-entry map for each combination of keys and values,
 * which `collectObject` merges.
 */
export function entry(context: Context, expression: Operation<'entry'>): Context {
  const matches: readonly (Node | undefined)[] = context.nodes.length > 0 ? context.nodes : [undefined]
  return context.withSingle(listOf(matches.map((match) => entriesFor(context, match, expression))))
}

function entriesFor(context: Context, match: Node | undefined, expression: Operation<'entry'>): Node {
  const document = match === undefined ? undefined : placeOf(match)
  const inner = context.with(match === undefined ? [] : [match])
  const pairs = crossProduct(inner, expression, (key, value) => {
    if (key === undefined || value === undefined) return undefined
    const map = new Node('mapping', '!!map')
    appendPair(map, key, value)
    map.document = document
    return map
  })
  const list = listOf(pairs.nodes)
  list.style = Style.flow
  list.document = document
  return list
}

/** The document that new maps belong to, without its other attributes. */
function placeOf(node: Node): DocumentInfo {
  const { index = 0, fileIndex = 0, fileName = '' } = documentOf(node) ?? {}
  return { index, fileIndex, fileName, leadingContent: '' }
}

/**
 * `{…}`: merges the results of `entry`, separately for each match. If keys or values have several results, there is one
 * map per combination, and the first entry varies slowest.
 */
export function collectObject(context: Context): Context {
  const [first] = context.nodes
  if (first === undefined) return context.withSingle(new Node('mapping', '!!map', '{}'))
  const writable = context.asWritable()
  const results: Node[] = []
  for (let match = 0; match < first.content.length; match++) {
    const parts = context.nodes.map((entries) => entries.content[match])
    for (const map of combine(writable, parts)) {
      const whole = copyNode(map)
      whole.parent = undefined
      whole.key = undefined
      results.push(whole)
    }
  }
  return writable.with(results)
}

/** Unlike `*`, keys of later entries are patterns here: `{"b": 1, "*": 2}` has one entry. */
const MERGE = multiplyBy(
  { appendLists: false, mergeLists: false, onlyExisting: false, onlyNull: false, clobberTags: false },
  { exact: false, followMerges: true },
)

function combine(context: Context, parts: readonly (Node | undefined)[]): readonly Node[] {
  let combined: readonly Node[] = []
  for (const part of parts) {
    if (part === undefined) {
      throw evaluationFault(
        'CollectObject: mismatching node sizes; are you creating a map with mismatching key value pairs?',
      )
    }
    const additions = splat(context, part, { followMerges: false, range: NOWHERE })
    if (combined.length === 0) {
      combined = additions
    } else {
      combined = combined.flatMap((map) =>
        additions.flatMap((addition) => MERGE(copyNode(map), addition, context) ?? []),
      )
    }
  }
  return combined
}
