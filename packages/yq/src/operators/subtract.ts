import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { copyInPlaceOf } from './make-node.ts'
import { EqualNodes } from './node-equality.ts'
import { type Arithmetic, arithmeticTag, calculate, numericKind } from './numbers.ts'
import { pathText } from '../tree/path-text.ts'
import type { Operation } from '../expression/ast.ts'
import { copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { crossProduct } from './cross-product.ts'
import { isDatetime, shiftDatetime } from './date-arithmetic.ts'

const DIFFERENCE: Arithmetic = { integers: (a, b) => a - b, floats: (a, b) => a - b }

export function minus(context: Context, expression: Operation<'subtract'>): Context {
  return crossProduct(context.asReadOnly(), expression, subtract)
}

export function subtract(
  left: Node | undefined,
  right: Node | undefined,
  context: Context,
): Node | undefined {
  if (left === undefined || right === undefined) return undefined
  if (left.tag === '!!null') return copyInPlaceOf(left, right)
  if (left.kind === 'mapping') throw evaluationFault('maps not yet supported for subtraction')
  const target = copyWithoutContent(left)
  if (left.kind === 'alias') return target
  if (right.kind !== left.kind) {
    throw evaluationFault(`${right.tag} (${pathText(right)}) cannot be subtracted from ${left.tag}`)
  }
  if (left.kind === 'sequence') {
    // The remaining items are those of the left side, with their old indices.
    const taken = new EqualNodes(right.content)
    target.content = left.content.filter((item) => !taken.has(item))
  } else {
    subtractScalars(context, target, left, right)
  }
  return target
}

function subtractScalars(context: Context, target: Node, left: Node, right: Node): void {
  const leftTag = arithmeticTag(left)
  const numeric = numericKind(leftTag, arithmeticTag(right))
  if (isDatetime(context, leftTag === '!!timestamp', leftTag, left.value)) {
    const duration = right.value.startsWith('-') ? right.value.slice(1) : `-${right.value}`
    target.value = shiftDatetime(context, left.value, duration, right.value)
  } else if (leftTag === '!!str') {
    throw evaluationFault('strings cannot be subtracted')
  } else if (numeric !== undefined) {
    calculate(target, left, right, numeric, DIFFERENCE)
  } else {
    throw evaluationFault(`${left.tag} cannot be added to ${right.tag}`)
  }
}
