import { takeText } from '../budget/node-budget.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { copyInPlaceOf } from './make-node.ts'
import { indexOfEqual } from './node-equality.ts'
import { type Arithmetic, arithmeticTag, calculate, numericKind } from './numbers.ts'
import { pathText } from '../tree/path-text.ts'
import type { Operation } from '../expression/ast.ts'
import { appendContent, appendPair, mapEntries } from '../tree/children.ts'
import { copyNode, copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { crossProduct } from './cross-product.ts'
import { isDatetime, shiftDatetime } from './date-arithmetic.ts'

const SUM: Arithmetic = { integers: (a, b) => a + b, floats: (a, b) => a + b }

export function plus(context: Context, expression: Operation<'add'>): Context {
  return crossProduct(context.asReadOnly(), expression, add, { whenEmpty: context.nodes.length > 0 })
}

/** The sum of two nodes, as a new node with the left one's parent and key. Null and missing nodes are neutral. */
export function add(left: Node | undefined, right: Node | undefined, context: Context): Node | undefined {
  if (left === undefined) return right === undefined ? undefined : copyNode(right)
  if (right === undefined) return copyNode(left)
  if (left.tag === '!!null') return copyInPlaceOf(left, right)
  const target = copyWithoutContent(left)
  switch (left.kind) {
    case 'mapping':
      if (right.kind !== 'mapping') throw unlike(left, right)
      addMappings(target, left, right)
      break
    case 'sequence':
      addToSequence(target, left, right)
      break
    case 'scalar':
      if (right.kind !== 'scalar') throw unlike(left, right)
      addScalars(context, target, left, right)
      break
    case 'alias':
      break
  }
  return target
}

function unlike(left: Node, right: Node): Error {
  return evaluationFault(
    `${right.tag} (${pathText(right)}) cannot be added to a ${left.tag} (${pathText(left)})`,
  )
}

/** The right side's values replace those of equal keys; its other entries are appended. */
function addMappings(target: Node, left: Node, right: Node): void {
  if (left.content.length === 0) target.style = 0
  appendContent(target, left.content)
  for (const [key, value] of mapEntries(right)) {
    const found = indexOfEqual(target, key, 2)
    const old = target.content[found + 1]
    if (found < 0 || old === undefined) appendPair(target, key, value)
    else target.content[found + 1] = copyInPlaceOf(old, value)
  }
}

/** Appends the items of a list, or any other node as one item in the style of the list's first. */
function addToSequence(target: Node, left: Node, right: Node): void {
  const [first] = left.content
  if (first === undefined) target.style = 0
  appendContent(target, left.content)
  if (right.tag === '!!null') return
  if (right.kind === 'sequence') {
    appendContent(target, right.content)
    return
  }
  const item = copyNode(right)
  if (first !== undefined) item.style = first.style
  appendContent(target, [item])
}

function addScalars(context: Context, target: Node, left: Node, right: Node): void {
  const leftTag = arithmeticTag(left)
  const rightTag = realTag(right)
  const numeric = numericKind(leftTag, rightTag)
  if (isDatetime(context, left.tag === '!!timestamp', leftTag, left.value)) {
    target.value = shiftDatetime(context, left.value, right.value)
  } else if (leftTag === '!!str') {
    target.tag = left.tag
    target.value = rightTag === '!!null' ? left.value : joined(left, right)
  } else if (rightTag === '!!str') {
    target.tag = right.tag
    target.value = joined(left, right)
  } else if (numeric !== undefined) {
    calculate(target, left, right, numeric, SUM)
  } else {
    throw evaluationFault(`${leftTag} cannot be added to ${rightTag}`)
  }
}

function joined(left: Node, right: Node): string {
  takeText(left.value.length + right.value.length)
  return left.value + right.value
}
