import { type Position, SystemFault, withinTime } from '@overlay-render/system'
import { abandonRuns } from '@overlay-render/yq'

/**
 * Milliseconds for one script, edit, value or set of assertions. yq's budget ends what does too much after some seconds, the same on
 * every machine; this ends what the budget counts wrongly, and what a machine is too busy for.
 */
const LONGEST = 120_000

export interface ExpressionSubject {
  /** What runs, as the message names it. */
  readonly subject: string
  readonly position?: Position | undefined
}

/**
 * Runs a program that a workspace brings: a patch script, an edit, an assertion. A signal ends the process meanwhile, and a limit of
 * time ends the program.
 *
 * @throws SystemFault `timed-out`, and whatever the program throws
 */
export function runExpression<Result>(
  { subject, position }: ExpressionSubject,
  work: () => Result,
  longest: number = LONGEST,
): Result {
  try {
    return withinTime(subject, longest, work)
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code !== 'timed-out') throw error
    abandonRuns()
    throw error.with({ position, hint: 'simplify the expression; on a busy machine, run the command again' })
  }
}
