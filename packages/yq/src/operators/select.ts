import type { Context } from '../evaluator/context.ts'
import { anyTruthy } from './truth.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { findTargets, updateEach } from './assign.ts'
import { listOf } from './collect.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { splat } from './paths.ts'

/** Keeps the matches for which any result of the argument is truthy. */
export function select(context: Context, { argument }: Operation<'select'>): Context {
  return context.with(selected(context, context.nodes, argument))
}

function selected(context: Context, nodes: readonly Node[], condition: Expression): Node[] {
  const { budget } = context.run
  return nodes.filter((node) => {
    const mark = budget.mark()
    const isKept = anyTruthy(context.withSingleReadOnly(node).evaluate(condition).nodes)
    budget.release(mark)
    return isKept
  })
}

/** `filter(condition)`: the children for which the argument is truthy, as a list with the style of the collection. */
export function filter(context: Context, { argument, range }: Operation<'filter'>): Context {
  return context.with(
    context.nodes.map((node) => {
      const list = listOf(selected(context, splat(context, node, { range }), argument))
      list.style = node.style
      return list
    }),
  )
}

/** The first child for which the argument is truthy. */
export function first(context: Context, { argument, range }: Operation<'first'>): Context {
  return context.with(
    context.nodes.flatMap((node) => {
      const found = splat(context, node, { range }).find((child) =>
        anyTruthy(context.withSingle(child).evaluate(argument).nodes),
      )
      return found ?? []
    }),
  )
}

/** `first` without an argument: the first node of the content, which is a key for maps. */
export function firstItem(context: Context): Context {
  return context.with(context.nodes.flatMap((node) => node.content[0] ?? []))
}

/** `map(expression)`: the results of the argument for all children, as a list with the style of the collection. */
export function map(context: Context, { argument, range }: Operation<'map'>): Context {
  return context.with(
    context.nodes.map((node) => {
      const children = splat(context, node, { range })
      if (children.length === 0) return copyNode(node)
      const list = listOf(context.with(children).evaluate(argument).nodes)
      list.style = node.style
      return list
    }),
  )
}

/** `map_values(expression)`: updates every child in place. */
export function mapValues(context: Context, { argument, range }: Operation<'mapValues'>): Context {
  for (const node of context.nodes) {
    updateEach(context, splat(context, node, { range }), argument)
  }
  return context
}

/** `with(path; changes)`: applies the changes at each result of the path, and returns the matches. */
export function withPath(context: Context, expression: Operation<'with'>): Context {
  const { argument } = expression
  if (argument.operator !== 'block') {
    throw evaluationFault(`with must be given a block (;), got ${context.run.nameOf(argument)} instead`)
  }
  const target = findTargets(context, argument.left, expression)
  for (const node of target.nodes) target.withSingle(node).evaluate(argument.right)
  return context
}
