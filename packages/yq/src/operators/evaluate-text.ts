import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { innerRun } from './inner-run.ts'
import type { Operation } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

/** `eval(text)`: evaluates the argument's results as expressions. yq does so once per match, on all matches. */
export function evaluateText(context: Context, { argument, range }: Operation<'evaluateText'>): Context {
  const { run } = context
  const texts = context.asReadOnly().evaluate(argument).nodes
  const expressions = texts.map(({ value }) => run.compile(value))
  const inner = context.withRun(innerRun(run, range))
  const results: Node[] = []
  for (let round = 0; round < context.nodes.length; round++) {
    for (const expression of expressions) {
      const { nodes } = expression === undefined ? inner : inner.evaluate(expression)
      for (const node of nodes) results.push(node)
    }
  }
  return context.with(results)
}

/** `error(text)` ends the evaluation with the user's message. */
export function raise(context: Context, { argument }: Operation<'raise'>): never {
  const [message] = context.asReadOnly().evaluate(argument).nodes
  throw evaluationFault(message?.value ?? 'aborted')
}
