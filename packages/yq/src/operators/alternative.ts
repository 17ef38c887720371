import type { Context } from '../evaluator/context.ts'
import { isTruthy } from '../evaluator/truth.ts'
import type { Operation } from '../expression/ast.ts'
import { crossProduct } from './cross-product.ts'

/** `//`: the left results that are true, and for each other one the results of the right side. */
export function alternative(context: Context, expression: Operation<'alternative'>): Context {
  return crossProduct(context, expression, (left, right) => right ?? left, {
    whenEmpty: true,
    shortcut: (left) => (isTruthy(left) ? left : undefined),
  })
}
