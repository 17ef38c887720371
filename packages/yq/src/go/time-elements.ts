import { type LayoutElement, MONTHS, WEEKDAYS } from './time-layout.ts'

/** The values of the layout elements parsed so far. */
export interface TimeFields {
  year: number
  month: number | undefined
  day: number | undefined
  dayOfYear: number | undefined
  hour: number
  minute: number
  second: number
  nanoseconds: number
  half: 'am' | 'pm' | undefined
  utc: boolean
  offset: number | undefined
  zoneName: string
}

/** Parses its element at the start of `value`. Returns the text after it, or undefined when it does not match. */
type Reader = (
  fields: TimeFields,
  value: string,
  element: string,
  followedByFraction: boolean,
) => string | undefined | OutOfRange

/** An element matched, but its value is out of range. */
export class OutOfRange {
  readonly what: string
  constructor(what: string) {
    this.what = what
  }
}

/** How to parse each element of a layout. */
export const READERS: Readonly<Record<LayoutElement, Reader>> = {
  'long-month': (fields, value) => readName(value, MONTHS, (index) => (fields.month = index + 1)),
  'short-month': (fields, value) => readName(value, SHORT_MONTHS, (index) => (fields.month = index + 1)),
  'number-month': readMonth,
  'zero-month': readMonth,
  'long-weekday': (_, value) => readName(value, WEEKDAYS),
  'short-weekday': (_, value) => readName(value, SHORT_WEEKDAYS),
  day: readDay,
  'under-day': readDay,
  'zero-day': readDay,
  'under-year-day': readDayOfYear,
  'zero-year-day': readDayOfYear,
  hour: (fields, value) =>
    readNumber(value, false, (hour) => (fields.hour = hour), { what: 'hour', most: 23 }),
  'hour-12': (fields, value) =>
    readNumber(value, false, (hour) => (fields.hour = hour), { what: 'hour', most: 12 }),
  'zero-hour-12': (fields, value) =>
    readNumber(value, true, (hour) => (fields.hour = hour), { what: 'hour', most: 12 }),
  minute: (fields, value) =>
    readNumber(value, false, (minute) => (fields.minute = minute), { what: 'minute', most: 59 }),
  'zero-minute': (fields, value) =>
    readNumber(value, true, (minute) => (fields.minute = minute), { what: 'minute', most: 59 }),
  second: readSecond,
  'zero-second': readSecond,
  'long-year': (fields, value) => {
    if (!/^\d{4}/.test(value)) return undefined
    fields.year = Number(value.slice(0, 4))
    return value.slice(4)
  },
  year: (fields, value) => {
    if (!/^\d\d/.test(value)) return undefined
    const short = Number(value.slice(0, 2))
    fields.year = short + (short >= 69 ? 1900 : 2000)
    return value.slice(2)
  },
  'upper-half': (fields, value) => readHalf(fields, value, ['AM', 'PM']),
  'lower-half': (fields, value) => readHalf(fields, value, ['am', 'pm']),
  'zone-name': (fields, value) => {
    if (value.startsWith('UTC')) {
      fields.utc = true
      return value.slice(3)
    }
    const length = zoneNameLength(value)
    if (length === undefined) return undefined
    fields.zoneName = value.slice(0, length)
    return value.slice(length)
  },
  offset: readOffset,
  'fraction-zeros': (fields, value, element) => {
    const text = value.slice(0, element.length)
    if (text.length < element.length || !/^[.,]\d+$/.test(text)) return undefined
    fields.nanoseconds = nanosecondsOf(text)
    return value.slice(text.length)
  },
  'fraction-nines': (fields, value) => {
    const [text] = /^[.,]\d+/.exec(value) ?? []
    if (text === undefined) return value
    fields.nanoseconds = nanosecondsOf(text)
    return value.slice(text.length)
  },
}

const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3))
const SHORT_WEEKDAYS = WEEKDAYS.map((name) => name.slice(0, 3))

function readName(
  value: string,
  names: readonly string[],
  set?: (index: number) => void,
): string | undefined {
  const lower = value.toLowerCase()
  const index = names.findIndex((name) => lower.startsWith(name.toLowerCase()))
  if (index < 0) return undefined
  set?.(index)
  return value.slice(names[index]?.length)
}

interface Range {
  readonly what: string
  readonly least?: number
  readonly most: number
}

function readNumber(
  value: string,
  fixed: boolean,
  set: (number: number) => void,
  range?: Range,
): string | undefined | OutOfRange {
  const [digits] = (fixed ? /^\d\d/ : /^\d\d?/).exec(value) ?? []
  if (digits === undefined) return undefined
  const number = Number(digits)
  const rest = value.slice(digits.length)
  if (range !== undefined && (number < (range.least ?? 0) || number > range.most)) {
    return new OutOfRange(range.what)
  }
  set(number)
  return rest
}

function readMonth(fields: TimeFields, value: string, element: string): string | undefined | OutOfRange {
  const range = { what: 'month', least: 1, most: 12 }
  return readNumber(value, element === '01', (month) => (fields.month = month), range)
}

function readDay(fields: TimeFields, value: string, element: string): string | undefined | OutOfRange {
  const text = element === '_2' && value.startsWith(' ') ? value.slice(1) : value
  return readNumber(text, element === '02', (day) => (fields.day = day))
}

function readDayOfYear(fields: TimeFields, value: string, element: string): string | undefined {
  const text = element === '__2' ? value.replace(/^ {1,2}/, '') : value
  const [digits] = (element === '002' ? /^\d{3}/ : /^\d{1,3}/).exec(text) ?? []
  if (digits === undefined) return undefined
  fields.dayOfYear = Number(digits)
  return text.slice(digits.length)
}

/** A fraction after the seconds is accepted even if the layout has none. */
function readSecond(
  fields: TimeFields,
  value: string,
  element: string,
  followedByFraction: boolean,
): string | undefined | OutOfRange {
  const range = { what: 'second', most: 59 }
  const rest = readNumber(value, element === '05', (second) => (fields.second = second), range)
  if (typeof rest !== 'string' || followedByFraction) return rest
  const [fraction] = /^[.,]\d+/.exec(rest) ?? []
  if (fraction === undefined) return rest
  fields.nanoseconds = nanosecondsOf(fraction)
  return rest.slice(fraction.length)
}

function nanosecondsOf(fraction: string): number {
  return Number(fraction.slice(1, 10).padEnd(9, '0'))
}

function readHalf(
  fields: TimeFields,
  value: string,
  [am, pm]: readonly [string, string],
): string | undefined {
  if (value.startsWith(am)) fields.half = 'am'
  else if (value.startsWith(pm)) fields.half = 'pm'
  else return undefined
  return value.slice(2)
}

const OFFSETS: Readonly<Record<string, RegExp>> = {
  '07': /^([+-])(\d\d)/,
  '0700': /^([+-])(\d\d)(\d\d)/,
  '07:00': /^([+-])(\d\d):(\d\d)/,
  '070000': /^([+-])(\d\d)(\d\d)(\d\d)/,
  '07:00:00': /^([+-])(\d\d):(\d\d):(\d\d)/,
}

function readOffset(fields: TimeFields, value: string, element: string): string | undefined | OutOfRange {
  if (element.startsWith('Z') && value.startsWith('Z')) {
    fields.utc = true
    return value.slice(1)
  }
  const match = OFFSETS[element.slice(1)]?.exec(value)
  if (match === null || match === undefined) return undefined
  const [text, sign, hours = '0', minutes = '0', seconds = '0'] = match
  const rest = value.slice(text.length)
  if (Number(hours) > 24) return new OutOfRange('time zone offset hour')
  if (Number(minutes) > 60) return new OutOfRange('time zone offset minute')
  if (Number(seconds) > 60) return new OutOfRange('time zone offset second')
  const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  fields.offset = sign === '-' ? -size : size
  return rest
}

/** The length of a zone abbreviation at the start of `value`: three to five capitals, by Go's rules. */
function zoneNameLength(value: string): number | undefined {
  if (/^(?:ChST|MeST)/.test(value)) return 4
  if (value.startsWith('GMT')) return 3 + (signedHours(value.slice(3))?.length ?? 0)
  if (/^[+-]/.test(value)) return signedHours(value)?.length
  const capitals = /^[A-Z]{0,6}/.exec(value)?.[0] ?? ''
  if (capitals.length === 3) return 3
  if (capitals.length === 4) return capitals.endsWith('T') || capitals === 'WITA' ? 4 : undefined
  return capitals.length === 5 && capitals.endsWith('T') ? 5 : undefined
}

function signedHours(value: string): string | undefined {
  const [text] = /^[+-]\d+/.exec(value) ?? []
  return text === undefined || Math.abs(Number(text)) > 23 ? undefined : text
}
