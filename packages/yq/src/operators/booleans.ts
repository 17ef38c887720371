import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { booleanFor } from './make-node.ts'
import { isTruthy } from './truth.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'
import { crossProduct } from './cross-product.ts'

export function or(context: Context, expression: Operation<'or'>): Context {
  return decide(context, expression, true)
}

export function and(context: Context, expression: Operation<'and'>): Context {
  return decide(context, expression, false)
}

/** Evaluates the right side only if the left one does not decide. */
function decide(context: Context, expression: Operation<'or' | 'and'>, deciding: boolean): Context {
  return crossProduct(
    context.asReadOnly(),
    expression,
    (left, right) => booleanFor(left ?? right, isTruthy(right)),
    {
      whenEmpty: true,
      shortcut: (left) => (isTruthy(left) === deciding ? booleanFor(left, deciding) : undefined),
    },
  )
}

export function not(context: Context): Context {
  return context.with(context.nodes.map((node) => booleanFor(node, !isTruthy(node))))
}

export function any(context: Context): Context {
  return quantify(context, 'any', undefined)
}

export function anyMatch(context: Context, { argument }: Operation<'anyMatch'>): Context {
  return quantify(context, 'any', argument)
}

export function all(context: Context): Context {
  return quantify(context, 'all', undefined)
}

export function allMatch(context: Context, { argument }: Operation<'allMatch'>): Context {
  return quantify(context, 'all', argument)
}

function quantify(context: Context, word: 'any' | 'all', condition: Expression | undefined): Context {
  return context.with(
    context.nodes.map((list) => {
      if (list.kind !== 'sequence') throw evaluationFault(`${word} only supports arrays, was ${list.tag}`)
      const sought = word === 'any'
      const found = list.content.some((item) => {
        const value = condition === undefined ? item : firstResult(context, item, condition)
        // Items without a result of the condition are ignored.
        return value !== undefined && isTruthy(value) === sought
      })
      return booleanFor(list, found === sought)
    }),
  )
}

function firstResult(context: Context, item: Node, condition: Expression): Node | undefined {
  return context.withSingleReadOnly(item).evaluate(condition).nodes[0]
}
