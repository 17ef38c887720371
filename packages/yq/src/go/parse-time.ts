import { utf8Bytes } from './bytes.ts'
import { daysFromCivil, type Instant, secondsOfCivil } from './instant.ts'
import { fixedZone, UTC, type Zone } from './time-zone.ts'
import { type LayoutElement, layoutPieces, MONTHS, WEEKDAYS } from './time-layout.ts'

export type ParsedTime =
  | { readonly ok: true; readonly instant: Instant }
  | { readonly ok: false; readonly message: string }

/** The values of the layout elements parsed so far. */
interface Fields {
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

/** Parses its element at the start of `value`. Returns the rest, undefined when it does not match, or a range error. */
type Reader = (
  fields: Fields,
  value: string,
  element: string,
  followedByFraction: boolean,
) => string | undefined | OutOfRange

class OutOfRange {
  readonly what: string
  readonly rest: string
  constructor(what: string, rest: string) {
    this.what = what
    this.rest = rest
  }
}

const READERS: Readonly<Record<LayoutElement, Reader>> = {
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

/**
 * Go's `time.Parse`. An offset that applies in `local` at that time results in an instant in `local`. An abbreviation is
 * looked up in `local`; unknown ones count as UTC, like in Go.
 */
export function parseTime(layout: string, text: string, local: Zone = UTC): ParsedTime {
  const fields: Fields = {
    year: 0,
    month: undefined,
    day: undefined,
    dayOfYear: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
    half: undefined,
    utc: false,
    offset: undefined,
    zoneName: '',
  }
  const refuse = (message: string): ParsedTime => ({
    ok: false,
    message: `parsing time ${quote(text)}${message}`,
  })
  let value = text
  const pieces = layoutPieces(layout)
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1]
    const fractionFollows = next?.kind === 'element' && next.element.startsWith('fraction')
    const rest =
      piece.kind === 'text'
        ? skipText(value, piece.text)
        : READERS[piece.element](fields, value, piece.text, fractionFollows)
    if (rest instanceof OutOfRange) return refuse(`: ${rest.what} out of range`)
    if (rest === undefined) {
      return refuse(` as ${quote(layout)}: cannot parse ${quote(value)} as ${quote(piece.text)}`)
    }
    value = rest
  }
  if (value !== '') return refuse(`: extra text: ${quote(value)}`)
  const problem = settleDate(fields)
  return problem === undefined ? { ok: true, instant: instantOf(fields, local) } : refuse(`: ${problem}`)
}

/** Spaces in the layout match any number of spaces in the text, also none at its end. */
function skipText(value: string, text: string): string | undefined {
  let rest = value
  for (let index = 0; index < text.length; index++) {
    if (text[index] === ' ') {
      if (rest !== '' && !rest.startsWith(' ')) return undefined
      while (text[index + 1] === ' ') index++
      rest = rest.replace(/^ +/, '')
    } else if (rest.startsWith(text.charAt(index))) rest = rest.slice(1)
    else return undefined
  }
  return rest
}

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
    return new OutOfRange(range.what, rest)
  }
  set(number)
  return rest
}

function readMonth(fields: Fields, value: string, element: string): string | undefined | OutOfRange {
  const range = { what: 'month', least: 1, most: 12 }
  return readNumber(value, element === '01', (month) => (fields.month = month), range)
}

function readDay(fields: Fields, value: string, element: string): string | undefined | OutOfRange {
  const text = element === '_2' && value.startsWith(' ') ? value.slice(1) : value
  return readNumber(text, element === '02', (day) => (fields.day = day))
}

function readDayOfYear(fields: Fields, value: string, element: string): string | undefined {
  const text = element === '__2' ? value.replace(/^ {1,2}/, '') : value
  const [digits] = (element === '002' ? /^\d{3}/ : /^\d{1,3}/).exec(text) ?? []
  if (digits === undefined) return undefined
  fields.dayOfYear = Number(digits)
  return text.slice(digits.length)
}

/** A fraction after the seconds is accepted even if the layout has none. */
function readSecond(
  fields: Fields,
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

function readHalf(fields: Fields, value: string, [am, pm]: readonly [string, string]): string | undefined {
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

function readOffset(fields: Fields, value: string, element: string): string | undefined | OutOfRange {
  if (element.startsWith('Z') && value.startsWith('Z')) {
    fields.utc = true
    return value.slice(1)
  }
  const match = OFFSETS[element.slice(1)]?.exec(value)
  if (match === null || match === undefined) return undefined
  const [text, sign, hours = '0', minutes = '0', seconds = '0'] = match
  const rest = value.slice(text.length)
  if (Number(hours) > 24) return new OutOfRange('time zone offset hour', rest)
  if (Number(minutes) > 60) return new OutOfRange('time zone offset minute', rest)
  if (Number(seconds) > 60) return new OutOfRange('time zone offset second', rest)
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

function daysIn(month: number, year: number): number {
  return daysFromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - daysFromCivil(year, month, 1)
}

/** Completes and checks the date; returns the problem, if any. */
function settleDate(fields: Fields): string | undefined {
  if (fields.half === 'pm' && fields.hour < 12) fields.hour += 12
  else if (fields.half === 'am' && fields.hour === 12) fields.hour = 0
  if (fields.dayOfYear !== undefined) {
    const january = daysFromCivil(fields.year, 1, 1)
    const length = daysFromCivil(fields.year + 1, 1, 1) - january
    if (fields.dayOfYear < 1 || fields.dayOfYear > length) return 'day-of-year out of range'
    let month = 12
    while (daysFromCivil(fields.year, month, 1) - january >= fields.dayOfYear) month--
    const day = fields.dayOfYear - (daysFromCivil(fields.year, month, 1) - january)
    if (fields.month !== undefined && fields.month !== month) return 'day-of-year does not match month'
    if (fields.day !== undefined && fields.day !== day) return 'day-of-year does not match day'
    fields.month = month
    fields.day = day
  }
  const { month = 1, day = 1 } = fields
  return day < 1 || day > daysIn(month, fields.year) ? 'day out of range' : undefined
}

function instantOf(fields: Fields, local: Zone): Instant {
  const { month = 1, day = 1, nanoseconds, offset, zoneName } = fields
  const civil = secondsOfCivil({ ...fields, month, day })
  if (fields.utc) return { seconds: civil, nanoseconds, zone: UTC }
  if (offset !== undefined) {
    const seconds = civil - offset
    const here = local.at(seconds)
    const isLocal = here.offset === offset && (zoneName === '' || here.abbreviation === zoneName)
    return { seconds, nanoseconds, zone: isLocal ? local : fixedZone(zoneName, offset) }
  }
  if (zoneName === '') return { seconds: civil, nanoseconds, zone: UTC }
  const known = localOffset(zoneName, civil, local)
  if (known !== undefined) return { seconds: civil - known, nanoseconds, zone: local }
  const hours = zoneName.startsWith('GMT') ? Number(zoneName.slice(3)) : 0
  return { seconds: civil, nanoseconds, zone: fixedZone(zoneName, hours * 3600) }
}

const HALF_YEAR = 182 * 86_400

/** The offset of an abbreviation in `local`, now or in the other half of the year. */
function localOffset(zoneName: string, civil: number, local: Zone): number | undefined {
  return [civil, civil - HALF_YEAR, civil + HALF_YEAR]
    .map((seconds) => local.at(seconds))
    .find(({ abbreviation }) => abbreviation === zoneName)?.offset
}

/** The quoting of Go's time package. */
function quote(text: string): string {
  const escaped = Array.from(utf8Bytes(text), (byte) => {
    const character = String.fromCharCode(byte)
    if (character === '"' || character === '\\') return `\\${character}`
    return byte >= 0x20 && byte < 0x80 ? character : `\\x${byte.toString(16).padStart(2, '0')}`
  })
  return `"${escaped.join('')}"`
}
