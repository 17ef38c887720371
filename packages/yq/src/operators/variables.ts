import { treeSize } from '../budget/tree-size.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'

export function variable(context: Context, { name }: Operation<'variable'>): Context {
  return context.with(context.variable(name) ?? [])
}

/** `as` is only valid on the left of a pipe or `ireduce`, which evaluate it themselves. */
export function bind(): never {
  throw evaluationFault('must use variable with a pipe, e.g. `exp as $x | ...`')
}

/** `… as $x | body`: `body` for every value, with `$x` set to a copy of it, or to the value itself for `ref`. */
export function loopOverVariable(context: Context, binding: Operation<'bind'>, body: Expression): Context {
  if (context.isTogether) return loopInContext(context, binding, body)
  const results = context.nodes.flatMap(
    (node) => loopInContext(context.withSingle(node), binding, body).nodes,
  )
  return context.with(results)
}

function loopInContext(context: Context, binding: Operation<'bind'>, body: Expression): Context {
  const values = context.asReadOnly().evaluate(binding.left).nodes
  if (binding.right.operator !== 'variable') {
    throw evaluationFault("RHS of 'as' operator must be a variable name e.g. $foo")
  }
  if (values.length === 0) return context.evaluate(body)
  const { name } = binding.right
  const results: Node[] = []
  for (const value of values) {
    const mark = context.run.budget.mark()
    const bound = binding.byReference ? value : copyNode(value)
    context.run.budget.keep(mark)
    const inner = context.with(context.nodes).bind(name, [bound])
    for (const node of inner.evaluate(body).nodes) results.push(node)
  }
  return context.with(results)
}

/** `… as $x ireduce (start; next)`: `next` sees the result so far as `.`. */
export function reduce(context: Context, { left, right }: Operation<'reduce'>): Context {
  if (left.operator !== 'bind') {
    const given = context.run.nameOf(left)
    throw evaluationFault(`reduce must be given a variables assignment, got ${given} instead`)
  }
  if (right.operator !== 'block') {
    throw evaluationFault(`reduce must be given a block, got ${context.run.nameOf(right)} instead`)
  }
  const values = context.evaluate(left.left).nodes
  const name = left.right.operator === 'variable' ? left.right.name : ''
  const { budget } = context.run
  const mark = budget.mark()
  let result = context.evaluate(right.left)
  for (const value of values) {
    result = result.bind(name, [value]).evaluate(right.right)
    budget.settle(mark, () => treeSize(result.nodes, Number.POSITIVE_INFINITY))
  }
  return result
}
