import { base64ToBytes } from '../go/bytes.ts'
import { textOfBytes } from '../go/byte-text.ts'
import type { Node } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'

/** Tags whose text go-yaml checks; scalars with other tags are strings. */
const CHECKED: ReadonlySet<string> = new Set(['!!null', '!!bool', '!!int', '!!float', '!!timestamp'])
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u
const MAX_SIGNED = 2n ** 63n

/** The value of a scalar for a string field; with `null` the field keeps its value. */
export type DecodedText = { readonly text: string | null } | { readonly error: string }

/** Decodes a scalar to a Go string like yq 3.4.1's go-yaml. */
export function decodeScalarText({ tag, value }: Pick<Node, 'tag' | 'value'>): DecodedText {
  if (tag === '!!binary') {
    const digits = value.replaceAll(/[\r\n]/gu, '')
    return BASE64.test(digits)
      ? { text: textOfBytes(base64ToBytes(digits)) }
      : { error: '!!binary value contains invalid base64 data' }
  }
  if (!CHECKED.has(tag)) return { text: value }
  const real = resolveTag(value)
  if (real !== tag && !(tag === '!!float' && real === '!!int' && isSigned(value)))
    return { error: `cannot decode ${real} \`${value}\` as a ${tag}` }
  return { text: real === '!!null' ? null : value }
}

/** Whether an integer fits int64: go-yaml converts only such integers to a float. */
function isSigned(text: string): boolean {
  const digits = text.replaceAll(/[_+-]/gu, '')
  try {
    return BigInt(digits.toLowerCase()) < MAX_SIGNED
  } catch {
    return false
  }
}
