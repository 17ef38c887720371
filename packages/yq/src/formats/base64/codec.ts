import { base64ToBytes, bytesToBase64 } from '../../go/bytes.ts'
import { bytesOfText, textOfBytes } from '../../go/byte-text.ts'
import { trimSpace } from '../../go/white-space.ts'
import { realTag } from '../../tree/real-tag.ts'
import { stringNode } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { cannotEncode, malformed } from '../format-fault.ts'

/** The padded base64 of a string, without a line break. */
export function encodeBase64(node: Node): string {
  if (realTag(node) !== '!!str') {
    throw cannotEncode(`cannot encode ${node.tag} as base64, can only operate on strings`)
  }
  return bytesToBase64(bytesOfText(node.value))
}

/** Decodes base64 to one string. Padding is optional, and line breaks are allowed. */
export function* decodeBase64(text: string): Generator<Node> {
  const trimmed = trimSpace(text)
  // Go's decoder skips line breaks, but yq counts them when it adds the padding.
  const padded = trimmed + (trimmed.length % 4 === 0 ? '' : '='.repeat(4 - (trimmed.length % 4)))
  const digits = padded.replace(/[\r\n]/g, '')
  const fault = faultOffset(digits)
  if (fault !== undefined) throw malformed(`illegal base64 data at input byte ${fault}`)
  if (digits.length % 4 !== 0) throw malformed('unexpected EOF')
  yield stringNode(textOfBytes(base64ToBytes(digits)))
}

/** The offset at which Go's decoder fails: an invalid character, early padding, or text after the padding. */
function faultOffset(digits: string): number | undefined {
  const whole = digits.slice(0, digits.length - (digits.length % 4))
  const foreign = whole.search(/[^A-Za-z0-9+/=]/)
  const padding = whole.indexOf('=')
  if (padding < 0 || (foreign >= 0 && foreign < padding)) return foreign < 0 ? undefined : foreign
  const place = padding % 4
  if (place < 2) return padding
  if (place === 2 && whole[padding + 1] !== '=') return padding
  const end = padding + 4 - place
  return end < whole.length ? end : undefined
}
