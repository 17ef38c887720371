import { type Instant, type ShownTime, shownTime } from './instant.ts'
import { type LayoutElement, layoutPieces, MONTHS, WEEKDAYS } from './time-layout.ts'

type Writer = (time: ShownTime, nanoseconds: number, element: string) => string

const WRITERS: Readonly<Record<LayoutElement, Writer>> = {
  'long-month': ({ month }) => MONTHS[month - 1] ?? '',
  'short-month': ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  'number-month': ({ month }) => String(month),
  'zero-month': ({ month }) => pad(month, 2),
  'long-weekday': ({ weekday }) => WEEKDAYS[weekday] ?? '',
  'short-weekday': ({ weekday }) => (WEEKDAYS[weekday] ?? '').slice(0, 3),
  day: ({ day }) => String(day),
  'under-day': ({ day }) => pad(day, 2, ' '),
  'zero-day': ({ day }) => pad(day, 2),
  'under-year-day': ({ dayOfYear }) => pad(dayOfYear, 3, ' '),
  'zero-year-day': ({ dayOfYear }) => pad(dayOfYear, 3),
  hour: ({ hour }) => pad(hour, 2),
  'hour-12': ({ hour }) => String(hour % 12 || 12),
  'zero-hour-12': ({ hour }) => pad(hour % 12 || 12, 2),
  minute: ({ minute }) => String(minute),
  'zero-minute': ({ minute }) => pad(minute, 2),
  second: ({ second }) => String(second),
  'zero-second': ({ second }) => pad(second, 2),
  'long-year': ({ year }) => (year < 0 ? `-${pad(-year, 4)}` : pad(year, 4)),
  year: ({ year }) => pad(Math.abs(year) % 100, 2),
  'upper-half': ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  'lower-half': ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  'zone-name': ({ abbreviation, offset }) => abbreviation || bareOffset(offset),
  offset: ({ offset }, _, element) => formatOffset(offset, element),
  'fraction-zeros': (_, nanoseconds, element) => fraction(nanoseconds, element),
  'fraction-nines': (_, nanoseconds, element) => fraction(nanoseconds, element).replace(/[.,]?0*$/, ''),
}

/** Go's `Time.Format`. */
export function formatTime(instant: Instant, layout: string): string {
  const time = shownTime(instant)
  return layoutPieces(layout)
    .map((piece) =>
      piece.kind === 'text' ? piece.text : WRITERS[piece.element](time, instant.nanoseconds, piece.text),
    )
    .join('')
}

function pad(value: number, width: number, filler = '0'): string {
  return String(value).padStart(width, filler)
}

function fraction(nanoseconds: number, element: string): string {
  return element.charAt(0) + pad(nanoseconds, 9).slice(0, element.length - 1)
}

/** A zone without a name shows its hours, and its minutes even when they are zero. */
function bareOffset(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60)
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`
}

/** `element` is one of `-07`, `-0700`, `-07:00`, `-070000`, `-07:00:00`, or the same with `Z` for UTC. */
function formatOffset(offset: number, element: string): string {
  if (element.startsWith('Z') && offset === 0) return 'Z'
  const size = Math.abs(offset)
  const parts = [Math.floor(size / 3600), Math.floor((size % 3600) / 60), size % 60]
  const digits = element.replace(/\D/g, '').length
  const separator = element.includes(':') ? ':' : ''
  const shown = parts.slice(0, digits / 2).map((part) => pad(part, 2))
  return (offset < 0 ? '-' : '+') + shown.join(separator)
}
