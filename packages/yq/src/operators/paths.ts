import type { Context } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault, limitFault } from '../evaluator/evaluation-fault.ts'
import type { Operation } from '../expression/ast.ts'
import { numberRefusal, parseNotation } from '../go/integers.ts'
import { appendItem, appendPair, stringNode } from '../tree/children.ts'
import { Node } from '../tree/node.ts'
import type { Step } from '../tree/path.ts'
import { findEntries } from './find-entries.ts'
import type { PathOptions } from './path-options.ts'
import { isSlice, slice } from './slices.ts'

/** How far an index may be after the end of a list. All items up to it are created. */
const MAX_NEW_ITEMS = 1_000_000

/** `.name` */
export function name(context: Context, { name: key, optional, range }: Operation<'name'>): Context {
  const results: Node[] = []
  for (const node of context.nodes) {
    addAll(results, stepInto(context, node, key, { optional, range }))
  }
  return context.with(results)
}

/** `left[right]`; the right side is a list of keys or indices, or the two ends of a slice. */
export function index(context: Context, expression: Operation<'index'>): Context {
  const { left, right, optional, range } = expression
  const target = context.evaluate(left)
  if (isSlice(right)) return slice(target, right)
  const keys = context.asReadOnly().evaluate(right).nodes[0]?.content ?? []
  const results: Node[] = []
  for (const node of target.nodes) {
    addAll(results, stepIntoEach(target, node, keys, { optional, range }))
  }
  return context.with(results)
}

/** The results of `.[]`: the values of a map, including merged ones, or the items of a list. */
export function splat(context: Context, node: Node, options: PathOptions): Node[] {
  return stepIntoEach(context, node, [], options)
}

/**
 * Takes one step down from a node, by key or index. Unless the context is read-only, a null becomes a map or list, and
 * a missing key is created.
 */
export function stepInto(context: Context, from: Node, key: Step, options: PathOptions): Node[] {
  const node = resolveAlias(from)
  if (node.tag === '!!null' && !context.readOnly) {
    becomeCollection(context, node, typeof key === 'string' ? 'mapping' : 'sequence')
  }
  if (node.kind === 'mapping') return stepIntoMapping(context, node, stringNode(String(key)), options)
  if (node.kind === 'sequence')
    return stepIntoSequence(context, node, [new Node('scalar', '', String(key))], options)
  noteObstacle(context, node, options)
  return []
}

/** Like `stepInto` for several keys, given as nodes; no keys mean all children. A null always becomes a collection. */
function stepIntoEach(context: Context, from: Node, keys: readonly Node[], options: PathOptions): Node[] {
  const node = resolveAlias(from)
  if (node.tag === '!!null') {
    const isList = keys[0] === undefined || keys[0].tag === '!!int'
    becomeCollection(context, node, isList ? 'sequence' : 'mapping')
  }
  if (node.kind === 'sequence') {
    return keys.length === 0 ? node.content.slice() : stepIntoSequence(context, node, keys, options)
  }
  if (node.kind !== 'mapping') {
    noteObstacle(context, node, options)
    return []
  }
  if (keys.length === 0) return findEntries(context, node, undefined, options)
  return keys.flatMap((key) => stepIntoMapping(context, node, key, options))
}

function noteObstacle({ run, readOnly }: Context, node: Node, { optional }: PathOptions): void {
  if (!readOnly && optional !== true) run.assignments.addObstacle(node)
}

function becomeCollection(context: Context, node: Node, kind: 'mapping' | 'sequence'): void {
  edit(context, node, () => {
    node.kind = kind
    // yq leaves such nodes without a tag, which `tag` shows.
    node.tag = ''
  })
}

function resolveAlias(node: Node): Node {
  const seen = new Set<Node>()
  let current = node
  while (current.kind === 'alias') {
    if (seen.has(current)) throw evaluationFault('alias cycle detected')
    seen.add(current)
    if (current.alias === undefined)
      throw evaluationFault(`the alias *${current.value} has no anchor to follow`)
    current = current.alias
  }
  return current
}

function stepIntoMapping(context: Context, mapping: Node, key: Node, options: PathOptions): Node[] {
  const found = findEntries(context, mapping, key.value, options)
  if (found.length > 0 || context.readOnly || options.create === false) return found
  if (mapping.content.length === 0) mapping.style = 0
  const [newKey, newValue] = appendPair(mapping, key, new Node('scalar', '!!null', 'null'))
  context.run.recorder?.created(newValue)
  const result: Node[] = []
  if (options.keys === true) result.push(newKey)
  if (options.values !== false) result.push(newValue)
  return result
}

/** The items at `keys`. Lists are padded with nulls up to an index after the end, even in a read-only context. */
function stepIntoSequence(
  context: Context,
  sequence: Node,
  keys: readonly Node[],
  options: PathOptions,
): Node[] {
  const results: Node[] = []
  for (const key of keys) {
    const parsed = parseNotation(key.value)
    if (!parsed.ok) {
      if (options.optional === true) continue
      const why = numberRefusal('ParseInt', parsed.digits, parsed.reason)
      throw evaluationFault(`cannot index array with '${key.value}' (${why})`)
    }
    const item = itemAt(context, sequence, Number(parsed.value))
    results.push(item)
  }
  return results
}

function itemAt(context: Context, sequence: Node, position: number): Node {
  if (position - sequence.content.length > MAX_NEW_ITEMS) {
    throw limitFault(
      `the index ${position} is more than ${MAX_NEW_ITEMS} after the end of the list, which has ${sequence.content.length} items`,
    )
  }
  while (sequence.content.length <= position) {
    if (sequence.content.length === 0) sequence.style = 0
    const item = appendItem(sequence, new Node('scalar', '!!null', 'null'))
    context.run.recorder?.created(item)
  }
  const { length } = sequence.content
  const item = sequence.content[position < 0 ? position + length : position]
  if (item === undefined) throw evaluationFault(`index [${position}] out of range, array size is ${length}`)
  return item
}

function addAll(target: Node[], nodes: readonly Node[]): void {
  for (const node of nodes) target.push(node)
}
