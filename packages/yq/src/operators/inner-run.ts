import type { SourceRange } from '../expression/ast.ts'
import type { Run } from '../evaluator/context.ts'

/** The run of an expression from the documents: its messages refer to the position that evaluates it. */
export function innerRun(run: Run, range: SourceRange): Run {
  const origin = run.origin ?? range
  return { ...run, origin, warn: (code, message, _, node) => run.warn(code, message, origin, node) }
}
