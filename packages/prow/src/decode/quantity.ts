const NUMBER = /^([-+]?)(\d*)(?:\.(\d*))?(.*)$/su
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
/** Amounts are in nano units, the finest that Kubernetes keeps. */
const NANO = 10n ** 9n

/** A Kubernetes quantity in canonical form: `1024Mi` becomes `1Gi`, `0.5` becomes `500m`. Undefined for any other text. */
export function canonicalQuantity(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', suffix = ''] = NUMBER.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  const scaled = scale(whole, fraction, suffix)
  if (scaled === undefined) return undefined
  const { amount, form } = scaled
  const negative = sign === '-' && amount !== 0n
  // The binary form is not kept below 1Ki and for fractions of a byte.
  const kept = form === 'binary' && amount < 1024n * NANO ? 'decimal' : form
  return (negative ? '-' : '') + print(amount, kept)
}

type Form = 'decimal' | 'binary' | 'exponent'

function scale(whole: string, fraction: string, suffix: string): { amount: bigint; form: Form } | undefined {
  const digits = BigInt(whole + fraction)
  const divisor = 10n ** BigInt(fraction.length)
  const binary = BINARY.indexOf(suffix)
  if (binary > 0) return { amount: roundUp(digits * 1024n ** BigInt(binary) * NANO, divisor), form: 'binary' }
  const decimal = DECIMAL.indexOf(suffix)
  if (decimal >= 0) return { amount: roundUp(digits * 10n ** BigInt(decimal * 3), divisor), form: 'decimal' }
  const exponent = /^[eE]([-+]?\d{1,2})$/u.exec(suffix)?.[1]
  if (exponent === undefined) return undefined
  const power = BigInt(Number(exponent) + 9)
  const amount =
    power >= 0n ? roundUp(digits * 10n ** power, divisor) : roundUp(digits, divisor * 10n ** -power)
  return { amount, form: 'exponent' }
}

function roundUp(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor
}

function print(amount: bigint, form: Form): string {
  if (amount === 0n) return '0'
  if (form === 'binary') {
    // A fraction of a byte is rounded up.
    let value = roundUp(amount, NANO)
    let power = 0
    for (; power < 6 && value % 1024n === 0n; power++) value /= 1024n
    return `${value}${BINARY[power]}`
  }
  let value = amount
  let power = 0
  for (; power < 9 && value % 1000n === 0n; power++) value /= 1000n
  if (form === 'decimal') return `${value}${DECIMAL[power]}`
  return power === 3 ? String(value) : `${value}e${power * 3 - 9}`
}
