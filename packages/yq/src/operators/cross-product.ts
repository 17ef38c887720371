import type { Context } from '../evaluator/context.ts'
import type { Expression } from '../expression/ast.ts'
import { Node } from '../tree/node.ts'

export interface Operands {
  /** The expression to evaluate, or its only result; when absent, the matches are the left side. */
  readonly left?: Expression | Node
  readonly right: Expression
}

/** Combines one left and one right result; `undefined` for no result. */
export type Combine = (left: Node | undefined, right: Node | undefined, context: Context) => Node | undefined

export interface CrossProductOptions {
  /** Whether a side without results counts as one missing result. */
  readonly whenEmpty?: boolean
  /** The result if the left side alone decides; then the right side is not evaluated. */
  readonly shortcut?: (left: Node | undefined) => Node | undefined
}

/**
 * Combines each result of the left side with each of the right side, for every match separately, or for all matches if
 * they are documents that are evaluated together.
 */
export function crossProduct(
  context: Context,
  operands: Operands,
  combine: Combine,
  options: CrossProductOptions = {},
): Context {
  const results: Node[] = []
  if (context.isTogether) {
    combineAll(context, operands, combine, options, results)
  } else {
    for (const node of context.nodes) {
      combineAll(context.withSingle(node), operands, combine, options, results)
    }
  }
  return context.with(results)
}

function combineAll(
  context: Context,
  { left, right }: Operands,
  combine: Combine,
  options: CrossProductOptions,
  results: Node[],
): void {
  const lefts = leftResults(context, left)
  const whenEmpty = options.whenEmpty === true
  const missing = whenEmpty && lefts.length === 0 && context.nodes.length > 0
  for (const one of missing ? [undefined] : lefts) {
    const alone = options.shortcut?.(one)
    if (alone !== undefined) {
      results.push(alone)
      continue
    }
    const rights: readonly (Node | undefined)[] = context.evaluate(right).nodes
    for (const other of whenEmpty && rights.length === 0 ? [undefined] : rights) {
      const result = combine(one, other, context)
      if (result === undefined) continue
      context.run.budget.take(1)
      results.push(result)
    }
  }
}

function leftResults(context: Context, left: Operands['left']): readonly (Node | undefined)[] {
  if (left === undefined) return context.nodes
  return left instanceof Node ? [left] : context.evaluate(left).nodes
}
