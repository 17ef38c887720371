import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { arithmeticTag, calculate, calculateFloats, numericKind } from './numbers.ts'
import { pathText } from '../tree/path-text.ts'
import type { Operation } from '../expression/ast.ts'
import { appendContent } from '../tree/children.ts'
import { copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { crossProduct } from './cross-product.ts'
import { splitText } from './strings.ts'

/** `/`: the quotient of numbers is always a float; of strings, a list of parts. */
export function divide(context: Context, expression: Operation<'divide'>): Context {
  return crossProduct(context.asReadOnly(), expression, (left, right) =>
    combineScalars(left, right, 'be divided', (target, dividend, divisor) => {
      const leftTag = arithmeticTag(dividend)
      const rightTag = realTag(divisor)
      if (leftTag === '!!str' && rightTag === '!!str') {
        target.kind = 'sequence'
        target.tag = '!!seq'
        appendContent(target, splitText(dividend.value, divisor.value))
      } else if (numericKind(leftTag, rightTag) !== undefined) {
        calculateFloats(target, dividend, divisor, (a, b) => a / b)
      } else {
        throw evaluationFault(`${leftTag} cannot be divided by ${rightTag}`)
      }
    }),
  )
}

/** `%`: the remainder has the sign of the left side. */
export function modulo(context: Context, expression: Operation<'modulo'>): Context {
  return crossProduct(context.asReadOnly(), expression, (left, right) =>
    combineScalars(left, right, 'modulo', (target, dividend, divisor) => {
      const leftTag = arithmeticTag(dividend)
      const rightTag = realTag(divisor)
      const numeric = numericKind(leftTag, rightTag)
      if (numeric === undefined) throw evaluationFault(`${leftTag} cannot modulo by ${rightTag}`)
      calculate(target, dividend, divisor, numeric, { integers: remainder, floats: (a, b) => a % b })
    }),
  )
}

function remainder(left: bigint, right: bigint): bigint {
  if (right === 0n) throw evaluationFault('cannot modulo by 0')
  return left % right
}

function combineScalars(
  left: Node | undefined,
  right: Node | undefined,
  verb: string,
  calculateInto: (target: Node, left: Node, right: Node) => void,
): Node | undefined {
  if (left === undefined || right === undefined) return undefined
  if (left.tag === '!!null' || left.kind !== 'scalar' || right.kind !== 'scalar') {
    throw evaluationFault(
      `${left.tag} (${pathText(left)}) cannot ${verb} by ${right.tag} (${pathText(right)})`,
    )
  }
  const target = copyWithoutContent(left)
  calculateInto(target, left, right)
  return target
}
