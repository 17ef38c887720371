import type { Value } from '../resources/value.ts'

/** The powers of ten of the decimal suffixes. */
const DECIMAL: ReadonlyMap<string, number> = new Map(
  Object.entries({ n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }),
)
const BINARY: readonly string[] = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
/** The API server rounds quantities up to a billionth. */
const NANO = 9
const ONE = 10n ** BigInt(NANO)
/** Larger exponents are never valid, and would only take time. */
const MAX_EXPONENT = 400

/** Whether a value is a Kubernetes quantity: a string such as `500m`, or a number. */
export function isQuantity(value: Value): boolean {
  return quantity(value) !== undefined
}

/** Whether a quantity such as `10Gi` is less than another; false when either is not a quantity. */
export function isSmallerQuantity(a: Value | undefined, b: Value | undefined): boolean {
  const [left, right] = [quantity(a), quantity(b)]
  return left !== undefined && right !== undefined && left < right
}

/** Whether two values are the same quantity, such as `1` and `1000m`. */
export function equalQuantities(a: Value | undefined, b: Value | undefined): boolean {
  const left = quantity(a)
  return left !== undefined && left === quantity(b)
}

/**
 * Whether two values have the same canonical form: `1` and `1000m` are both `1`, but `1Gi` and `1073741824` stay as they
 * are. From `CanonicalizeBytes` of `k8s.io/apimachinery/pkg/api/resource`.
 */
export function equalQuantityTexts(a: Value | undefined, b: Value | undefined): boolean {
  return equalQuantities(a, b) && notationOf(a) === notationOf(b)
}

function notationOf(value: Value | undefined): 'binary' | 'exponent' | 'decimal' {
  const amount = quantity(value) ?? 0n
  const size = amount < 0n ? -amount : amount
  const text = typeof value === 'string' ? value.trim() : ''
  const isWhole = size % ONE === 0n
  if (text.endsWith('i')) return isWhole && size >= 1024n * ONE ? 'binary' : 'decimal'
  // The exponent is a multiple of three, and is left out when it is 0.
  if (/[eE][-+]?\d+$/u.test(text)) return isWhole && size % (1000n * ONE) !== 0n ? 'decimal' : 'exponent'
  return 'decimal'
}

/** The exact value in billionths; undefined when it is not a quantity. */
function quantity(value: Value | undefined): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+)|([A-Za-z]*))$/u.exec(String(value).trim())
  const [, sign = '', whole = '', fraction = '', exponent, suffix = ''] = match ?? []
  if (whole + fraction === '' || fraction.length > MAX_EXPONENT) return undefined
  const power = exponent === undefined ? DECIMAL.get(suffix) : Number(exponent)
  const binary = BINARY.indexOf(suffix)
  if ((power === undefined && binary < 0) || Math.abs(power ?? 0) > MAX_EXPONENT) return undefined
  const digits = BigInt(whole + fraction) * (binary < 0 ? 1n : 1024n ** BigInt(binary + 1))
  const shift = (power ?? 0) + NANO - fraction.length
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : roundUp(digits, 10n ** BigInt(-shift))
  return sign === '-' ? -magnitude : magnitude
}

function roundUp(digits: bigint, divisor: bigint): bigint {
  return (digits + divisor - 1n) / divisor
}
