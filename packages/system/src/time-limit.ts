import { Script } from 'node:vm'

import { errnoOf, SystemFault } from './system-fault.ts'

/** Where the script finds its work: a time limit holds for what a script calls, not for a function that it returns. */
const WORK = Symbol.for('overlay-render.work')
const script = new Script(`globalThis[Symbol.for('overlay-render.work')]()`)

/**
 * Does work in this thread, and stops it by force when it takes longer than `milliseconds`: wherever it is, in loops of the engine
 * too. No `finally` of the work runs then, so the work must leave nothing that somebody else relies on.
 *
 * @param subject what is worked on, as the message names it
 * @throws SystemFault `timed-out`
 */
export function withinTime<Result>(subject: string, milliseconds: number, work: () => Result): Result {
  let result: { readonly value: Result } | undefined
  const outer: unknown = Reflect.get(globalThis, WORK)
  Reflect.set(globalThis, WORK, () => {
    result = { value: work() }
  })
  try {
    script.runInThisContext({ timeout: milliseconds })
  } catch (error) {
    if (errnoOf(error) !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new SystemFault({
      code: 'timed-out',
      message: `${subject} took longer than ${milliseconds / 1000} seconds and was stopped`,
      cause: error,
    })
  } finally {
    Reflect.set(globalThis, WORK, outer)
  }
  if (result === undefined) throw new TypeError('the work ended without a result')
  return result.value
}
