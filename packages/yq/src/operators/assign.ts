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

/** Rules of an assignment whose sign says nothing else. */
const PLAIN: UpdateRules = { keepAnchor: false, onlyNull: false, clobberTags: false }

/** `=` and `|=`. The matches stay what they were, so that a chain of assignments sees the whole document. */
export function assign(context: Context, expression: Operation<'assign'>): Context {
  const rules: UpdateRules = { ...PLAIN, keepAnchor: true, clobberTags: expression.clobberTags }
  const targets = findTargets(context, expression.left, expression).nodes
  if (expression.relative) {
    updateEach(context, targets, expression.right, rules)
    return context
  }
  // The left side is looked for once more, now that what it names is there, and for each match on its own.
  crossProduct(context.asReadOnly(), expression, (target, source) => {
    if (target !== undefined && source !== undefined) {
      edit(context, target, () => updateNode(target, source, rules))
    }
    return target
  })
  return context
}

/**
 * `|=` on nodes that were found. From the last to the first, so that what lies below a node is updated before
 * it: `.. |= …`. Only the first result counts; without one the node stays.
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

/** What the left side of an assignment names, created where it is missing. */
export function findTargets(context: Context, left: Expression, whole: Expression): Context {
  const { assignments, origin } = context.run
  return assignments.look(origin ?? whole.range, () => context.evaluate(left))
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
 * `left op= right`: each left result becomes itself `op` the right side. The right side is evaluated for every
 * match in turn, and its last result stays.
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
