import type { Context } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { updateNode, type UpdateRules } from './update-node.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { add } from './add.ts'
import { type Combine, crossProduct, type CrossProductOptions } from './cross-product.ts'
import { multiplyBy } from './multiply.ts'
import { subtract } from './subtract.ts'

/** The rules of an assignment without flags. */
const PLAIN: UpdateRules = { keepAnchor: false, onlyNull: false, clobberTags: false }

/** `=` and `|=`. The matches are unchanged, so that a chain of assignments sees the whole document. */
export function assign(context: Context, expression: Operation<'assign'>): Context {
  const rules: UpdateRules = { ...PLAIN, keepAnchor: true, clobberTags: expression.clobberTags }
  const targets = findTargets(context, expression.left, expression).nodes
  if (expression.relative) {
    updateEach(context, targets, expression.right, rules)
    return context
  }
  // The targets exist now. Find them again, for each match separately.
  crossProduct(context.asReadOnly(), expression, (target, source) => {
    if (target !== undefined && source !== undefined) {
      edit(context, target, () => updateNode(target, source, rules))
    }
    return target
  })
  return context
}

/**
 * `|=` on the targets, from the last to the first, so that descendants are updated before their ancestors: `.. |= …`.
 * Only the first result counts; without a result the node is unchanged.
 */
export function updateEach(
  context: Context,
  targets: readonly Node[],
  value: Expression,
  rules: UpdateRules = PLAIN,
): void {
  for (let index = targets.length - 1; index >= 0; index--) {
    const target = targets[index]
    if (target === undefined) continue
    const [source] = context.withSingle(target).evaluate(value).nodes
    if (source === undefined || source === target) continue
    edit(context, target, () => updateNode(target, source, rules))
  }
}

/** The targets on the left side of an assignment, created if missing. */
export function findTargets(context: Context, left: Expression, whole: Expression): Context {
  const { assignments, origin } = context.run
  return assignments.findTargets(origin ?? whole.range, () => context.evaluate(left))
}

export function addAssign(context: Context, expression: Operation<'addAssign'>): Context {
  return compoundAssign(context, expression, add, PLAIN, { whenEmpty: true })
}

export function subtractAssign(context: Context, expression: Operation<'subtractAssign'>): Context {
  return compoundAssign(context, expression, subtract, PLAIN)
}

export function multiplyAssign(context: Context, expression: Operation<'multiplyAssign'>): Context {
  const rules = { ...PLAIN, clobberTags: expression.clobberTags }
  return compoundAssign(context, expression, multiplyBy(expression), rules)
}

/**
 * `left op= right`: sets each left result to itself `op` the right side. The right side is evaluated for every match,
 * and its last result wins.
 */
function compoundAssign(
  context: Context,
  expression: Operation<'addAssign' | 'subtractAssign' | 'multiplyAssign'>,
  calculate: Combine,
  rules: UpdateRules,
  options: CrossProductOptions = {},
): Context {
  const { left, right } = expression
  const readOnly = context.asReadOnly()
  const views = context.isTogether ? [readOnly] : context.nodes.map((node) => readOnly.withSingle(node))
  for (const target of findTargets(context, left, expression).nodes) {
    const operands = { left: copyNode(target), right }
    for (const view of views) {
      for (const result of crossProduct(view, operands, calculate, options).nodes) {
        edit(context, target, () => updateNode(target, result, rules))
      }
    }
  }
  return context
}
