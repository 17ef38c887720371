/** One piece of a Go layout: literal text, or an element such as `2006` or `MST`. */
export type LayoutPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'element'; readonly element: LayoutElement; readonly text: string }

export type LayoutElement =
  | 'long-month'
  | 'short-month'
  | 'number-month'
  | 'zero-month'
  | 'long-weekday'
  | 'short-weekday'
  | 'day'
  | 'under-day'
  | 'zero-day'
  | 'under-year-day'
  | 'zero-year-day'
  | 'hour'
  | 'hour-12'
  | 'zero-hour-12'
  | 'minute'
  | 'zero-minute'
  | 'second'
  | 'zero-second'
  | 'long-year'
  | 'year'
  | 'upper-half'
  | 'lower-half'
  | 'zone-name'
  | 'offset'
  | 'fraction-zeros'
  | 'fraction-nines'

const ELEMENTS: Readonly<Record<string, LayoutElement>> = {
  January: 'long-month',
  Jan: 'short-month',
  '1': 'number-month',
  '01': 'zero-month',
  Monday: 'long-weekday',
  Mon: 'short-weekday',
  '2': 'day',
  _2: 'under-day',
  '02': 'zero-day',
  __2: 'under-year-day',
  '002': 'zero-year-day',
  '15': 'hour',
  '3': 'hour-12',
  '03': 'zero-hour-12',
  '4': 'minute',
  '04': 'zero-minute',
  '5': 'second',
  '05': 'zero-second',
  '2006': 'long-year',
  '06': 'year',
  PM: 'upper-half',
  pm: 'lower-half',
  MST: 'zone-name',
}

/** The elements in the order in which Go tries them. */
const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|__2|_2(?!006)|[345]|PM|pm|[-Z]07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?!\d)/g

/** The pieces of a Go time layout, in order. */
export function layoutPieces(layout: string): LayoutPiece[] {
  const pieces: LayoutPiece[] = []
  let end = 0
  for (const match of layout.matchAll(ELEMENT)) {
    if (match.index > end) pieces.push({ kind: 'text', text: layout.slice(end, match.index) })
    pieces.push({ kind: 'element', element: elementOf(match[0]), text: match[0] })
    end = match.index + match[0].length
  }
  if (end < layout.length) pieces.push({ kind: 'text', text: layout.slice(end) })
  return pieces
}

function elementOf(text: string): LayoutElement {
  const named = ELEMENTS[text]
  if (named !== undefined) return named
  if (/^[-Z]/.test(text)) return 'offset'
  return text.charAt(1) === '0' ? 'fraction-zeros' : 'fraction-nines'
}

export const RFC3339 = '2006-01-02T15:04:05Z07:00'

export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const WEEKDAYS: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]
