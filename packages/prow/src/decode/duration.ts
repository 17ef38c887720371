const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])
const PART = /^(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/u

/** The nanoseconds of a Go duration such as `1h30m`; undefined for any other text. */
export function parseDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-')
  let rest = text.replace(/^[-+]/u, '')
  if (rest === '0') return 0n
  if (rest === '') return undefined
  let total = 0n
  while (rest !== '') {
    const part = PART.exec(rest)
    const [whole = '', integer = '', fraction = '', unitName = ''] = part ?? []
    const unit = UNITS.get(unitName)
    if (unit === undefined || (integer === '' && fraction === '')) return undefined
    total += BigInt(integer === '' ? 0 : integer) * unit
    if (fraction !== '') total += (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length)
    rest = rest.slice(whole.length)
  }
  return total < 2n ** 63n ? (negative ? -total : total) : undefined
}

/** A duration as Go prints it: `3h0m0s`, `1.5s`, `100ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`
  const seconds = size / 1_000_000_000n
  const rest = (seconds % 60n) * 1_000_000_000n + (size % 1_000_000_000n)
  const minutes = (seconds / 60n) % 60n
  const hours = seconds / 3600n
  const lead = hours > 0n ? `${hours}h${minutes}m` : minutes > 0n ? `${minutes}m` : ''
  return `${sign}${lead}${decimal(rest, 9)}s`
}

function decimal(value: bigint, places: number): string {
  const text = String(value).padStart(places + 1, '0')
  const fraction = text.slice(-places).replace(/0+$/u, '')
  return text.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`)
}
