import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { parseDuration } from '../go/duration.ts'
import { formatTime } from '../go/format-time.ts'
import { addNanoseconds, compareInstants, type Instant } from '../go/instant.ts'
import { layoutOf, localZone, parseDatetime } from './datetime.ts'

/** Whether a text is a date in the layout of the context. */
export function isDatetimeText(context: Context, text: string): boolean {
  return parseDatetime(text, layoutOf(context), localZone(context)).ok
}

/**
 * Whether arithmetic treats a scalar as a date: a timestamp, and within `with_dtf` also a string in that layout.
 */
export function isDatetime(context: Context, isTimestamp: boolean, tag: string, text: string): boolean {
  return tag === '!!str' && context.dateLayout !== '' ? isDatetimeText(context, text) : isTimestamp
}

/** `text` shifted by a duration such as `3h10m`, in the same layout. `shown` is the duration in messages. */
export function shiftDatetime(
  context: Context,
  text: string,
  duration: string,
  shown: string = duration,
): string {
  const parsed = parseDuration(duration)
  if (!parsed.ok) throw evaluationFault(`unable to parse duration [${shown}]: ${parsed.message}`)
  return formatTime(addNanoseconds(readDatetime(context, text), parsed.nanoseconds), layoutOf(context))
}

/** Negative when the first is earlier. */
export function compareDatetimes(context: Context, first: string, second: string): number {
  return compareInstants(readDatetime(context, first), readDatetime(context, second))
}

function readDatetime(context: Context, text: string): Instant {
  const parsed = parseDatetime(text, layoutOf(context), localZone(context))
  if (!parsed.ok) throw evaluationFault(parsed.message)
  return parsed.instant
}
