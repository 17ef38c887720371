import { type Position, SystemFault, withinTime } from '@overlay-render/system'
import { abandonRuns } from '@overlay-render/yq'

/**
 * Time limit in milliseconds for one script, edit, value or set of assertions. yq's step limit stops expensive programs after some
 * seconds, the same on every machine. This limit stops what the step limit misjudges, or what a busy machine cannot finish.
 */
const LONGEST = 120_000

/** What runs, for messages. */
export interface ExpressionSubject {
  /** Its name in the message. */
  readonly subject: string
  readonly position?: Position | undefined
}

/**
 * Runs a program of the workspace: a patch script, an edit, an assertion. A signal can end the process meanwhile, and the time
 * limit ends the program.
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
