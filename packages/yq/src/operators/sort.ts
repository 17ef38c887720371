import type { Context } from '../evaluator/context.ts'
import { compareText } from './compare-text.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementWithComments } from './make-node.ts'
import { arithmeticTag, numericKind, readFloat } from './numbers.ts'
import { parseInt64 } from './parse-index.ts'
import { pathText } from '../tree/path-text.ts'
import { isTruthy } from './truth.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { appendContent, appendItem, appendPair, childValues, mapEntries } from '../tree/children.ts'
import { copyNode, copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { compareDatetimes, isDatetimeText } from './date-arithmetic.ts'
import { sortAsGo } from './go-sort.ts'

export function sort(context: Context): Context {
  return sortChildren(context, undefined)
}

export function sortBy(context: Context, { argument }: Operation<'sortBy'>): Context {
  return sortChildren(context, argument)
}

interface Sortable {
  readonly node: Node
  readonly by: readonly Node[]
}

/** A copy of each collection with sorted values; map values keep their keys. */
function sortChildren(context: Context, criterion: Expression | undefined): Context {
  return context.with(
    context.nodes.map((node) => {
      if (node.kind !== 'mapping' && node.kind !== 'sequence') {
        const place = pathText(node)
        throw evaluationFault(`node at path [${place}] is not an array or map (it's a ${node.tag})`)
      }
      const children = childValues(node).map((child): Sortable => {
        const single = context.withSingleReadOnly(child)
        return { node: child, by: criterion === undefined ? single.nodes : single.evaluate(criterion).nodes }
      })
      sortAsGo(children, (a, b) => isBefore(context, a, b))
      const result = copyWithoutContent(node)
      for (const { node: child } of children) {
        if (node.kind === 'sequence') appendItem(result, child)
        else if (child.key !== undefined) appendPair(result, child.key, child)
      }
      return result
    }),
  )
}

function isBefore(context: Context, a: Sortable, b: Sortable): boolean {
  const length = Math.min(a.by.length, b.by.length)
  for (let index = 0; index < length; index++) {
    const left = a.by[index]
    const right = b.by[index]
    if (left === undefined || right === undefined) break
    const order = orderOf(context, left, right)
    if (order !== 0) return order < 0
  }
  return a.by.length < b.by.length
}

/**
 * yq's sort order: null, false, true, then the rest: numbers are compared as numbers, everything else as text. It is
 * not transitive across types.
 */
function orderOf(context: Context, left: Node, right: Node): number {
  const leftTag = arithmeticTag(left)
  const rightTag = arithmeticTag(right)
  for (const tag of ['!!null', '!!bool']) {
    if (leftTag !== rightTag && leftTag === tag) return -1
    if (leftTag !== rightTag && rightTag === tag) return 1
  }
  if (leftTag === '!!bool') return Number(isTruthy(left)) - Number(isTruthy(right))
  if (areDates(context, left, right, leftTag, rightTag))
    return compareDatetimes(context, left.value, right.value)
  const numeric = numericKind(leftTag, rightTag)
  if (numeric === 'integer') {
    const difference = parseInt64(left.value) - parseInt64(right.value)
    return difference === 0n ? 0 : difference < 0n ? -1 : 1
  }
  if (numeric === 'float') {
    const a = readFloat(left.value)
    const b = readFloat(right.value)
    return a === b ? 0 : a < b ? -1 : 1
  }
  return compareText(left.value, right.value)
}

function areDates(context: Context, left: Node, right: Node, leftTag: string, rightTag: string): boolean {
  const isDated =
    leftTag === '!!str' && context.dateLayout !== ''
      ? true
      : leftTag === '!!timestamp' && rightTag === '!!timestamp'
  return isDated && isDatetimeText(context, left.value) && isDatetimeText(context, right.value)
}

/** Sorts the keys of the argument's maps by bytes; nested maps are unchanged. */
export function sortKeys(context: Context, { argument }: Operation<'sortKeys'>): Context {
  for (const node of context.nodes) {
    for (const mapping of context.withSingleReadOnly(node).evaluate(argument).nodes) {
      if (mapping.kind === 'mapping') edit(context, mapping, () => sortKeysOf(mapping))
    }
  }
  return context
}

/** For duplicate keys, yq writes the last entry for each of them. */
function sortKeysOf(mapping: Node): void {
  const entries = new Map([...mapEntries(mapping)].map(([key, value]) => [key.value, [key, value] as const]))
  const keys = Array.from(mapEntries(mapping), ([key]) => key.value).sort(compareText)
  mapping.content = keys.flatMap((key) => entries.get(key) ?? [])
}

export function reverse(context: Context): Context {
  return context.with(
    context.nodes.map((node) => {
      requireList(node)
      const list = replacementWithComments(node, 'sequence', '!!seq', node.style)
      appendContent(list, node.content.toReversed())
      return list
    }),
  )
}

/** A copy of each list in random order, by the caller's random numbers. */
export function shuffle(context: Context): Context {
  const random = context.run.capabilities.random ?? Math.random
  return context.with(
    context.nodes.map((node) => {
      requireList(node)
      const { content } = node
      const order = content.map((_, index) => index)
      for (let last = order.length - 1; last > 0; last--) {
        const chosen = Math.floor(random() * (last + 1))
        const [a = 0, b = 0] = [order[last], order[chosen]]
        order[last] = b
        order[chosen] = a
      }
      const list = copyNode(node)
      list.content = []
      appendContent(
        list,
        order.flatMap((index) => content[index] ?? []),
      )
      return list
    }),
  )
}

function requireList(node: Node): void {
  if (node.kind === 'sequence') return
  throw evaluationFault(`node at path [${pathText(node)}] is not an array (it's a ${node.tag})`)
}
