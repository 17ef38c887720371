import type { Context } from '../evaluator/context.ts'
import { isTruthy } from './truth.ts'
import type { Operation } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'
import { crossProduct } from './cross-product.ts'

/** `//`: the truthy results of the left side, and for each other one the results of the right side. */
export function alternative(context: Context, expression: Operation<'alternative'>): Context {
  return crossProduct(context, expression, choose, {
    whenEmpty: true,
    shortcut: (left) => (isTruthy(left) ? left : undefined),
  })
}

/** Checks the left side again, because the right one may have set it, as in `.a // (.a = 0)`. */
function choose(left: Node | undefined, right: Node | undefined): Node | undefined {
  return right === undefined || isTruthy(left) ? left : right
}
