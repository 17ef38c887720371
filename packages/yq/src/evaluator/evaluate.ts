import { YqFault } from '../errors.ts'
import type { Operation, OperatorName } from '../expression/ast.ts'
import { operators } from '../operators/table.ts'
import type { Context } from './context.ts'
import { limitFault, placedFault, withoutStringLength } from './evaluation-fault.ts'

/**
 * The largest nesting depth of expressions, including those of `eval`. The depth of documents does not count.
 */
const MAX_NESTING = 500

/** Evaluates one expression. Errors get the position of the innermost operator. */
export function evaluate<Name extends OperatorName>(context: Context, expression: Operation<Name>): Context {
  const { run } = context
  const { operator, range } = expression
  run.recorder?.enter(operator, run.origin ?? range)
  run.nesting.level++
  try {
    if (run.nesting.level > MAX_NESTING) {
      throw limitFault(`expressions nest deeper than ${MAX_NESTING} levels here`)
    }
    const answer = operators[operator].evaluate(context, expression)
    const { length } = answer.nodes
    run.budget.step(1 + length)
    run.budget.requireResultCount(length)
    return answer
  } catch (thrown) {
    const error = withoutStringLength(thrown)
    throw error instanceof YqFault ? placedFault(error, run.source, run.origin ?? range) : error
  } finally {
    run.nesting.level--
    run.recorder?.leave(operator)
  }
}
