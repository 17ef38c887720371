import { quote } from './quote.ts'

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
const MAX_BYTES = 2n ** 63n

export type ParsedDuration =
  | { readonly ok: true; readonly nanoseconds: bigint }
  | { readonly ok: false; readonly message: string }

/** Go's `time.ParseDuration`: `3h10m`, `-1.5h`, `300ms`. Error messages are Go's. */
export function parseDuration(text: string): ParsedDuration {
  const invalid: ParsedDuration = { ok: false, message: `time: invalid duration ${quote(text)}` }
  const negative = text.startsWith('-')
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return { ok: true, nanoseconds: 0n }
  if (rest === '') return invalid
  let total = 0n
  while (rest !== '') {
    const [part = '', whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest) ?? []
    if (whole === '' && fraction === '') return invalid
    if (unit === '') return { ok: false, message: `time: missing unit in duration ${quote(text)}` }
    const scale = UNITS[unit]
    if (scale === undefined) {
      return { ok: false, message: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` }
    }
    // Digits beyond a nanosecond are dropped.
    const digits = fraction.slice(0, 18)
    total += BigInt(whole || 0) * scale + (BigInt(digits || 0) * scale) / 10n ** BigInt(digits.length)
    if (total > MAX_BYTES) return invalid
    rest = rest.slice(part.length)
  }
  if (total === MAX_BYTES && !negative) return invalid
  return { ok: true, nanoseconds: negative ? -total : total }
}
