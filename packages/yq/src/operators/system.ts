import type { Context } from '../evaluator/context.ts'
import { evaluationFault, refusalFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import type { Kind, Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { yamlText } from './yaml-text.ts'

/** yq prints kinds as numbers. */
const KIND_NUMBERS: Readonly<Record<Kind, number>> = { sequence: 1, mapping: 2, scalar: 4, alias: 8 }

/** `system(program)` and `system(program; arguments)`: replaces each match with the output of a program that reads it. */
export function system(context: Context, { argument }: Operation<'system'>): Context {
  const { runProgram } = context.run.capabilities
  if (runProgram === undefined) {
    throw refusalFault(
      'system operations are disabled, use --security-enable-system-operator to enable',
      'expressions may only run programs with permission',
    )
  }
  return context.with(
    context.nodes.map((node) => {
      const view = context.withSingleReadOnly(node)
      const isBlock = argument.operator === 'block'
      const program = programOf(view.evaluate(isBlock ? argument.left : argument).nodes[0])
      const parameters = isBlock ? parametersOf(view.evaluate(argument.right).nodes[0]) : []
      const output = runProgram(program, parameters, yamlText(context, node))
      return replacementOf(node, 'scalar', '!!str', output.replace(/\r?\n$/, ''))
    }),
  )
}

function programOf(node: Node | undefined): string {
  if (node === undefined) throw evaluationFault('system operator: command expression returned no results')
  if (node.kind !== 'scalar' || realTag(node) !== '!!str') {
    throw evaluationFault('system operator: command must be a string scalar')
  }
  if (node.value === '') throw evaluationFault('system operator: command must be a non-empty string')
  return node.value
}

function parametersOf(node: Node | undefined): string[] {
  if (node === undefined) return []
  if (node.kind === 'sequence') return node.content.map(parameterOf)
  if (node.tag === '!!null') return []
  if (node.kind === 'scalar') return [node.value]
  throw evaluationFault(
    `system operator: args must be a non-null scalar or sequence of non-null scalars; got kind=${KIND_NUMBERS[node.kind]} tag=${node.tag}`,
  )
}

function parameterOf(node: Node): string {
  if (node.kind === 'scalar' && node.tag !== '!!null') return node.value
  throw evaluationFault(
    `system operator: argument must be a non-null scalar; got kind=${KIND_NUMBERS[node.kind]} tag=${node.tag}`,
  )
}
