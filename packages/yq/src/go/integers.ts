/** The error of Go's strconv: `syntax` is `invalid syntax`, `range` is `value out of range`. */
export type NumberRefusal = 'syntax' | 'range'

export type ParsedInteger =
  | { readonly ok: true; readonly value: bigint }
  | { readonly ok: false; readonly reason: NumberRefusal }

const MIN_INT64 = -(2n ** 63n)
const MAX_INT64 = 2n ** 63n - 1n

const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^[+-]?[01]+$/,
  8: /^[+-]?[0-7]+$/,
  10: /^[+-]?[0-9]+$/,
  16: /^[+-]?[0-9A-Fa-f]+$/,
}
const PREFIXES: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' }

/** Go's `strconv.ParseInt(text, base, bits)`: an optional sign and digits, nothing else. */
export function parseInteger(text: string, base: 2 | 8 | 10 | 16 = 10, bits: 32 | 64 = 64): ParsedInteger {
  if (DIGITS[base]?.test(text) !== true) return { ok: false, reason: 'syntax' }
  const negative = text.startsWith('-')
  const digits = text.replace(/^[+-]/, '')
  // A number this long is always out of range, and BigInt would take quadratic time.
  const significant = digits.replace(/^0+/, '')
  if (significant.length > 64) return { ok: false, reason: 'range' }
  const size = BigInt(`${PREFIXES[base] ?? ''}${digits}`)
  const value = negative ? -size : size
  const fits = bits === 64 ? value >= MIN_INT64 && value <= MAX_INT64 : BigInt.asIntN(32, value) === value
  return fits ? { ok: true, value } : { ok: false, reason: 'range' }
}

/** How yq writes an integer back: the base of the number it came from. */
export type IntegerNotation = 'decimal' | 'hexadecimal' | 'octal'

export type ParsedNotation =
  | { readonly ok: true; readonly value: bigint; readonly notation: IntegerNotation }
  | { readonly ok: false; readonly reason: NumberRefusal; readonly digits: string }

/**
 * Parses an integer like yq's arithmetic: underscores are ignored; `0x`, `0X` and `0o` set the base, a leading zero does
 * not. `digits` of an error is the text that Go's message quotes.
 */
export function parseNotation(text: string): ParsedNotation {
  const bare = text.replaceAll('_', '')
  const [, sign = '', prefix = '', rest = ''] = /^([+-]?)(0[xX]|0o)?(.*)$/s.exec(bare) ?? []
  const notation = prefix === '' ? 'decimal' : prefix === '0o' ? 'octal' : 'hexadecimal'
  const digits = sign + rest
  const parsed = parseInteger(digits, notation === 'decimal' ? 10 : notation === 'octal' ? 8 : 16)
  return parsed.ok
    ? { ok: true, value: parsed.value, notation }
    : { ok: false, reason: parsed.reason, digits }
}

/** Go's `%v`, `0x%X` or `0o%o` of an integer; a minus sign follows the prefix, like in Go. */
export function formatNotation(value: bigint, notation: IntegerNotation): string {
  if (notation === 'hexadecimal') return `0x${value.toString(16).toUpperCase()}`
  return notation === 'octal' ? `0o${value.toString(8)}` : value.toString()
}

/** Wraps a value to int64, like overflow in Go. */
export function wrapInt64(value: bigint): bigint {
  return BigInt.asIntN(64, value)
}

/** Go's error message for an invalid number. */
export function numberRefusal(
  functionName: 'ParseInt' | 'ParseFloat' | 'ParseBool' | 'Atoi',
  text: string,
  reason: NumberRefusal,
): string {
  const why = reason === 'syntax' ? 'invalid syntax' : 'value out of range'
  return `strconv.${functionName}: parsing ${JSON.stringify(text)}: ${why}`
}
