import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { matchesGlob } from './glob.ts'
import { booleanFor } from './make-node.ts'
import { numericKind, readFloat } from './numbers.ts'
import { parseInt64 } from './parse-index.ts'
import { pathText } from '../tree/path-text.ts'
import type { OptionsOf, Operation } from '../expression/ast.ts'
import { compareText } from './compare-text.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { crossProduct } from './cross-product.ts'
import { compareDatetimes, isDatetimeText } from './date-arithmetic.ts'
import { splat } from './paths.ts'

type Comparison = OptionsOf<'compare'>

export function equals(context: Context, expression: Operation<'equals'>): Context {
  return crossProduct(context, expression, (left, right) => booleanFor(left ?? right, isSame(left, right)), {
    whenEmpty: true,
  })
}

export function notEquals(context: Context, expression: Operation<'notEquals'>): Context {
  return crossProduct(
    context.asReadOnly(),
    expression,
    (left, right) => booleanFor(left ?? right, !isSame(left, right)),
    { whenEmpty: true },
  )
}

/** Null equals null and a missing node. Scalars are compared as text, regardless of type, and the right one is a pattern. */
function isSame(left: Node | undefined, right: Node | undefined): boolean {
  if (left === undefined || right === undefined) return (left ?? right)?.tag === '!!null' || left === right
  if (left.tag === '!!null') return right.tag === '!!null'
  return left.kind === 'scalar' && right.kind === 'scalar' && matchesGlob(left.value, right.value)
}

export function compare(context: Context, expression: Operation<'compare'>): Context {
  return crossProduct(
    context,
    expression,
    (left, right, inner) => {
      if (left !== undefined && right !== undefined)
        return booleanFor(left, holds(inner, expression, left, right))
      return booleanFor(left ?? right, left === right && expression.orEqual)
    },
    { whenEmpty: true },
  )
}

function holds(context: Context, comparison: Comparison, left: Node, right: Node): boolean {
  if (left.kind === 'mapping') throw evaluationFault('maps not yet supported for comparison')
  if (left.kind === 'sequence') throw evaluationFault('arrays not yet supported for comparison')
  if (right.kind !== 'scalar') {
    throw evaluationFault(`${right.tag} (${pathText(right)}) cannot be subtracted from ${left.tag}`)
  }
  const order = orderOf(context, left, right)
  if (order === 'unordered') return false
  if (order === 0) return comparison.orEqual
  return comparison.greater ? order > 0 : order < 0
}

/** The order of two scalars; null and invalid numbers have no order. */
function orderOf(context: Context, left: Node, right: Node): number | 'unordered' {
  const leftTag = realTag(left)
  const rightTag = realTag(right)
  const isDate = leftTag === '!!str' ? isDatetimeText(context, left.value) : left.tag === '!!timestamp'
  if (isDate) return compareDatetimes(context, left.value, right.value)
  const numeric = numericKind(leftTag, rightTag)
  if (numeric === 'integer') {
    const difference = parseInt64(left.value) - parseInt64(right.value)
    return difference === 0n ? 0 : difference > 0n ? 1 : -1
  }
  if (numeric === 'float') {
    const a = readFloat(left.value)
    const b = readFloat(right.value)
    if (a === b) return 0
    return a > b ? 1 : a < b ? -1 : 'unordered'
  }
  if (leftTag === '!!str' && rightTag === '!!str') return compareText(left.value, right.value)
  if (leftTag === '!!null' && rightTag === '!!null') return 0
  if (leftTag === '!!null' || rightTag === '!!null') return 'unordered'
  throw evaluationFault(`${left.tag} not yet supported for comparison`)
}

export function min(context: Context, { range }: Operation<'min'>): Context {
  return extreme(context, { greater: false, orEqual: false }, range)
}

export function max(context: Context, { range }: Operation<'max'>): Context {
  return extreme(context, { greater: true, orEqual: false }, range)
}

function extreme(context: Context, comparison: Comparison, range: Operation['range']): Context {
  const results: Node[] = []
  for (const node of context.nodes) {
    const values = splat(context, node, { range })
    let [best] = values
    for (const value of values.slice(1)) {
      if (best !== undefined && holds(context, comparison, value, best)) best = value
    }
    if (best !== undefined) results.push(best)
  }
  return context.with(results)
}
