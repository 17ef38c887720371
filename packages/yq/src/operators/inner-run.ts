import type { SourceRange } from '../expression/ast.ts'
import type { Run } from '../evaluator/context.ts'

/** The run of an expression out of the documents: what is said of it is said of the place that asked for it. */
export function innerRun(run: Run, range: SourceRange): Run {
  const origin = run.origin ?? range
  return { ...run, origin, warn: (code, message, _, node) => run.warn(code, message, origin, node) }
}
