import { treeSize } from '../budget/tree-size.ts'
import type { Context, Run } from '../evaluator/context.ts'
import type { Operation } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'
import { rootOf } from '../tree/path.ts'
import { loopOverVariable } from './variables.ts'

export function self(context: Context): Context {
  return context
}

/** No result: the content of `[]` and `{}`. Also for a lone block, whose parts are read by the operator before it. */
export function empty(context: Context): Context {
  return context.with([])
}

export function macro(context: Context, { body }: Operation<'macro'>): Context {
  return body === undefined ? context : context.evaluate(body)
}

/** Evaluates a chain of pipes in a loop, so that a script may have thousands of them. */
export function pipe(context: Context, expression: Operation<'pipe' | 'step'>): Context {
  const { budget } = context.run
  const mark = budget.mark()
  let current = context
  let link = expression
  for (;;) {
    if (link.left.operator === 'bind') {
      const looped = loopOverVariable(current, link.left, link.right)
      return link === expression ? looped : context.with(looped.nodes)
    }
    current = current.with(current.evaluate(link.left).nodes)
    budget.settle(mark, () => liveNodes(context.run, current.nodes))
    const next = link.right
    if (next.operator !== 'pipe' && next.operator !== 'step') {
      return context.with(current.evaluate(next).nodes)
    }
    link = next
  }
}

/** The number of nodes in the results, and of nodes added to the documents. */
function liveNodes({ documents, documentNodes }: Run, results: readonly Node[]): number {
  const own = new Set(documents)
  const apart = results.filter((node) => !own.has(rootOf(node)))
  const gained = treeSize(documents, Number.POSITIVE_INFINITY) - documentNodes
  return Math.max(0, gained) + treeSize(apart, Number.POSITIVE_INFINITY)
}

/**
 * The results of both sides. Sides that only make changes return their input matches, which then count once:
 * `.a = 1, .b = 2`. For three such sides yq returns two results.
 */
export function union(context: Context, expression: Operation<'union'>): Context {
  const first = context.evaluate(expression.left)
  const lists = [first.nodes]
  let link = expression
  while (link.right.operator === 'union') {
    link = link.right
    lists.push(context.evaluate(link.left).nodes)
  }
  const { nodes } = context.evaluate(link.right)
  if (nodes !== lists.at(-1)) lists.push(nodes)
  return first.with(lists.flat())
}
