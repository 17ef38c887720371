import type { Context } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { integerNode, replacementOf } from './make-node.ts'
import { parseInt64 } from './parse-index.ts'
import { updateNode } from './update-node.ts'
import type { Operation } from '../expression/ast.ts'
import { appendItem } from '../tree/children.ts'
import { Node } from '../tree/node.ts'
import { type Step, stepsTo } from '../tree/path.ts'
import { deleteNodes } from './delete.ts'
import { stepInto } from './paths.ts'

type Path = readonly Step[]

/** The steps from the root to each match, as a list. */
export function path(context: Context): Context {
  return context.with(
    context.nodes.map((node) => {
      const list = replacementOf(node, 'sequence', '!!seq')
      const steps = stepsTo(node)
      context.run.budget.step(steps.length)
      for (const step of steps) {
        appendItem(list, typeof step === 'string' ? new Node('scalar', '!!str', step) : integerNode(step))
      }
      return list
    }),
  )
}

/** `setpath(path; value)` */
export function setPath(context: Context, { argument, range }: Operation<'setPath'>): Context {
  if (argument.operator !== 'block') {
    throw evaluationFault(`SETPATH must be given a block (;), got ${context.run.nameOf(argument)} instead`)
  }
  const [list, ...more] = context.asReadOnly().evaluate(argument.left).nodes
  if (list === undefined || more.length > 0) {
    const count = list === undefined ? 0 : more.length + 1
    throw evaluationFault(`SETPATH: expected single path but found ${count} results instead`)
  }
  const steps = readPath('SETPATH', list)
  for (const node of context.nodes) {
    const values = context.withSingleReadOnly(node).evaluate(argument.right).nodes
    const [value] = values
    if (value === undefined || values.length > 1) {
      throw evaluationFault(`SETPATH: expected single value on RHS but found ${values.length}`)
    }
    for (const target of nodesAt(context, [node], steps, range)) {
      edit(context, target, () =>
        updateNode(target, value, { keepAnchor: false, onlyNull: false, clobberTags: false }),
      )
    }
  }
  return context
}

/** `delpaths([path, …])` */
export function deletePaths(context: Context, { argument, range }: Operation<'deletePaths'>): Context {
  const [lists, ...more] = context.asReadOnly().evaluate(argument).nodes
  if (lists === undefined || more.length > 0) {
    const count = lists === undefined ? 0 : more.length + 1
    throw evaluationFault(`DELPATHS: expected single value but found ${count}`)
  }
  if (lists.tag !== '!!seq') {
    throw evaluationFault(`DELPATHS: expected a sequence of sequences, but found ${lists.tag}`)
  }
  let remaining = context
  for (const [position, list] of lists.content.entries()) {
    if (list.tag !== '!!seq') {
      throw evaluationFault(
        `DELPATHS: expected entry [${position}] to be a sequence, but its a ${list.tag}. Note that delpaths takes an array of path arrays, e.g. [["a", "b"]]`,
      )
    }
    const steps = readPath('DELPATHS', list)
    const found = nodesAt(remaining.asReadOnly(), remaining.nodes, steps, range)
    remaining = deleteNodes(remaining, found)
  }
  return remaining
}

function nodesAt(
  context: Context,
  start: readonly Node[],
  path: Path,
  range: Operation['range'],
): readonly Node[] {
  let nodes = start
  for (const step of path) {
    nodes = nodes.flatMap((node) => stepInto(context, node, step, { range }))
  }
  return nodes
}

function readPath(operator: string, list: Node): Path {
  if (list.kind !== 'sequence') {
    throw evaluationFault(`${operator}: expected path array, but got ${list.tag} instead`)
  }
  return list.content.map((step) => {
    if (step.tag === '!!str') return step.value
    if (step.tag === '!!int') return parseInt64(step.value)
    throw evaluationFault(
      `${operator}: expected either a !!str or !!int in the path, found ${step.tag} instead`,
    )
  })
}
