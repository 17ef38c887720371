import type { Node } from './node.ts'

export type ScalarValue = null | boolean | number | bigint | string

/**
 * The value of a scalar by its tag: null, a boolean, a number, or its text. Integers beyond 2^53 are bigints. A text that
 * is not a number in spite of its tag stays a string.
 */
export function scalarValue({ tag, value }: Pick<Node, 'tag' | 'value'>): ScalarValue {
  switch (tag) {
    case '!!null':
      return null
    case '!!bool':
      return value.toLowerCase() === 'true'
    case '!!int':
      return integerValue(value)
    case '!!float':
      return floatValue(value)
    default:
      return value
  }
}

const SHORT_DECIMAL = /^-?(?:0|[1-9]\d{0,14})$/u
const PREFIXED = /^([-+]?)0(?:([xXbBoO])|(?=[0-7]))([\da-fA-F]+)$/u

/** Decimal, or with a prefix; as in YAML 1.1, a leading zero means octal. Other text is returned as a string. */
function integerValue(text: string): ScalarValue {
  if (SHORT_DECIMAL.test(text)) return Number(text)
  const bare = text.replaceAll('_', '')
  const [, sign = '', base = 'o', digits = ''] = PREFIXED.exec(bare) ?? []
  try {
    const size = digits === '' ? BigInt(bare) : BigInt(`0${base.toLowerCase()}${digits}`)
    const integer = sign === '-' ? -size : size
    const number = Number(integer)
    return Number.isSafeInteger(number) ? number : integer
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

const INFINITE = /^([-+]?)\.inf$/iu

function floatValue(text: string): ScalarValue {
  const infinite = INFINITE.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^\.nan$/iu.test(text)) return Number.NaN
  const number = Number(text.replaceAll('_', ''))
  return Number.isNaN(number) ? text : number
}
