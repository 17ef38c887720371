import type { Node } from './node.ts'

export type ScalarValue = null | boolean | number | bigint | string

/**
 * What a scalar means, by its tag: null, a truth value, a number, or its text. Integers that a number cannot hold are
 * bigints; text that is no number of the kind its tag says stays text.
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

/** Decimal, or with a prefix; a leading zero alone means octal, as in YAML 1.1. What is no number stays text. */
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
