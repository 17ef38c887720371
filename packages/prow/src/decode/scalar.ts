import { type Node, Style } from '@overlay-render/yq'

/** A scalar as go-yaml v2 reads it: YAML 1.1, where `yes` is a boolean and `012` is ten. */
export type Scalar = null | boolean | number | bigint | string

const NULL: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL'])
const TRUE: ReadonlySet<string> = new Set('y Y yes Yes YES true True TRUE on On ON'.split(' '))
const FALSE: ReadonlySet<string> = new Set('n N no No NO false False FALSE off Off OFF'.split(' '))
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/u
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/u
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/u
const QUOTED = Style.double | Style.single | Style.literal | Style.folded

/** The value of a scalar node. */
export function scalarOf(node: Node): Scalar {
  if ((node.style & Style.tagged) !== 0) return tagged(node)
  return (node.style & QUOTED) === 0 ? plainScalar(node.value) : node.value
}

function tagged({ tag, value }: Node): Scalar {
  if (tag === '!!str' || tag === '!!binary') return value
  const plain = plainScalar(value)
  if (tag === '!!float' && (typeof plain === 'number' || typeof plain === 'bigint')) return Number(plain)
  return ['!!int', '!!bool', '!!null', '!!float'].includes(tag) ? plain : value
}

/** The value of a plain scalar. Integers beyond the safe range are bigints; timestamps stay text. */
export function plainScalar(text: string): Scalar {
  if (NULL.has(text)) return null
  if (TRUE.has(text)) return true
  if (FALSE.has(text)) return false
  if (!/^[-+.0-9]/u.test(text)) return text
  const digits = text.replaceAll('_', '')
  if (INTEGER.test(digits)) return integer(digits) ?? Number(digits)
  if (FLOAT.test(digits) && Number.isFinite(Number(digits))) return Number(digits)
  const infinite = INFINITE.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return ['.nan', '.NaN', '.NAN'].includes(text) ? Number.NaN : text
}

/** Undefined beyond 64 bits: go-yaml makes it a float. */
function integer(digits: string): number | bigint | undefined {
  const sign = digits.startsWith('-') ? -1n : 1n
  const bare = digits.replace(/^[-+]/u, '')
  // In Go a leading zero makes a number octal.
  const value = sign * BigInt((/^0[0-7]/u.test(bare) ? `0o${bare.slice(1)}` : bare).toLowerCase())
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return undefined
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

/** A plain number or boolean as sigs.k8s.io/yaml converts it to a string: a float with the fewest digits that 32 bits need. */
export function scalarAsText(node: Node): string {
  const value = scalarOf(node)
  if (typeof value !== 'number') return String(value)
  return INTEGER.test(node.value.replaceAll('_', '')) ? String(value) : goFloat(value)
}

/** Go's `FormatFloat(value, 'g', -1, 32)`. */
function goFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  const text = shortest(Math.fround(value))
  const [digits = '', exponentText = '0'] = text.split('e')
  const exponent = Number(exponentText)
  if (exponent >= -4 && exponent < 6) return String(Number(text))
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** The fewest digits that give the same 32-bit float, as `d.ddde±x`. */
function shortest(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits)
    if (Math.fround(Number(text)) === single) return text
  }
  return single.toExponential(9)
}
