import type { NumberRefusal } from './integers.ts'

export type ParsedFloat =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly reason: NumberRefusal; readonly value: number }

const DECIMAL = /^[+-]?(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?$/
const HEXADECIMAL = /^([+-]?)0[xX]_?([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?\d+)$/
const SPECIAL: Readonly<Record<string, number>> = { inf: Infinity, infinity: Infinity, nan: Number.NaN }

/** Go's `strconv.ParseFloat(text, 64)`. An out-of-range value is an error that includes an infinity. */
export function parseFloat64(text: string): ParsedFloat {
  const special = SPECIAL[text.replace(/^[+-]/, '').toLowerCase()]
  // Go does not allow a sign before nan.
  if (special !== undefined && !(Number.isNaN(special) && /^[+-]/.test(text))) {
    return { ok: true, value: text.startsWith('-') ? -special : special }
  }
  const value = DECIMAL.test(text) ? Number(text.replaceAll('_', '')) : parseHexadecimal(text)
  if (value === undefined) return { ok: false, reason: 'syntax', value: 0 }
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, reason: 'range', value }
}

/** Go's hexadecimal form, `0x1.8p3`: the mantissa in base 16, the exponent a power of two. */
function parseHexadecimal(text: string): number | undefined {
  const match = HEXADECIMAL.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match
  const digits = (whole + fraction).replaceAll('_', '')
  if (digits === '') return undefined
  const scale = Number(exponent) - 4 * fraction.replaceAll('_', '').length
  const size = Number(BigInt(`0x${digits}`)) * 2 ** scale
  return sign === '-' ? -size : size
}

interface Decimal {
  readonly sign: string
  /** The shortest digits that read back as the same number. */
  readonly digits: string
  /** Power of ten of the first digit. */
  readonly exponent: number
}

function shortestDecimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const negative = value < 0 || Object.is(value, -0)
  return { sign: negative ? '-' : '', digits: mantissa.replace('.', ''), exponent: Number(exponent) }
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return undefined
  return value > 0 ? '+Inf' : '-Inf'
}

/** Go's `%v` of a float64: plain from 1e-04 up to 1e+06, with an exponent outside. */
export function formatFloat(value: number): string {
  const named = special(value)
  if (named !== undefined) return named
  const { sign, digits, exponent } = shortestDecimal(value)
  if (exponent >= -4 && exponent < 6) return formatFloatPlain(value)
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  const power = String(Math.abs(exponent)).padStart(2, '0')
  return `${sign}${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${power}`
}

/** Go's `FormatFloat(value, 'f', -1, 64)`: never an exponent. */
export function formatFloatPlain(value: number): string {
  const named = special(value)
  if (named !== undefined) return named
  const { sign, digits, exponent } = shortestDecimal(value)
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = digits.slice(exponent + 1)
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}
