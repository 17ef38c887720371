import { formatDatetime, fromUnix, now, timezone, toUnix, withDatetimeFormat } from '../datetime.ts'
import { leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Dates. */
export const DATE_OPERATORS: OperatorRows<
  'now' | 'fromUnix' | 'toUnix' | 'formatDatetime' | 'withDatetimeFormat' | 'timezone'
> = {
  now: leaf({ evaluate: now, words: { now: PLAIN } }),
  fromUnix: leaf({ evaluate: fromUnix, words: { 'from_?unix': PLAIN } }),
  toUnix: leaf({ evaluate: toUnix, words: { 'to_?unix': PLAIN } }),
  formatDatetime: unary({
    evaluate: formatDatetime,
    yqName: 'FORMAT_DATE_TIME',
    words: { format_datetime: PLAIN },
  }),
  withDatetimeFormat: unary({
    evaluate: withDatetimeFormat,
    yqName: 'WITH_DATE_TIME_FORMAT',
    words: { with_dtf: PLAIN },
  }),
  timezone: unary({ evaluate: timezone, words: { tz: PLAIN } }),
}
