import { utf8Bytes } from './bytes.ts'
import { daysFromCivil, type Instant, secondsOfCivil } from './instant.ts'
import { fixedZone, UTC, type Zone } from './time-zone.ts'
import { OutOfRange, READERS, type TimeFields } from './time-elements.ts'
import { layoutPieces } from './time-layout.ts'

export type ParsedTime =
  | { readonly ok: true; readonly instant: Instant }
  | { readonly ok: false; readonly message: string }

/**
 * Go's `time.Parse`. An offset that applies in `local` at that time results in an instant in `local`. An abbreviation is
 * looked up in `local`; unknown ones count as UTC, like in Go.
 */
export function parseTime(layout: string, text: string, local: Zone = UTC): ParsedTime {
  const fields: TimeFields = {
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
  const fail = (message: string): ParsedTime => ({
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
    if (rest instanceof OutOfRange) return fail(`: ${rest.what} out of range`)
    if (rest === undefined) {
      return fail(` as ${quote(layout)}: cannot parse ${quote(value)} as ${quote(piece.text)}`)
    }
    value = rest
  }
  if (value !== '') return fail(`: extra text: ${quote(value)}`)
  const problem = completeDate(fields)
  return problem === undefined ? { ok: true, instant: instantOf(fields, local) } : fail(`: ${problem}`)
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

function daysIn(month: number, year: number): number {
  return daysFromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - daysFromCivil(year, month, 1)
}

/** Completes and checks the date; returns the problem, if any. */
function completeDate(fields: TimeFields): string | undefined {
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

function instantOf(fields: TimeFields, local: Zone): Instant {
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
