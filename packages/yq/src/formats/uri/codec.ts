import { concatBytes } from '../../go/bytes.ts'
import { bytesOfText, textOfBytes } from '../../go/byte-text.ts'
import { realTag } from '../../tree/real-tag.ts'
import { stringNode } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { cannotEncode, malformed } from '../format-fault.ts'

/** Go's `url.QueryEscape` of a string: a space becomes `+`. */
export function encodeUri(node: Node): string {
  if (realTag(node) !== '!!str') {
    throw cannotEncode(
      `cannot encode ${node.tag} as URI, can only operate on strings. Please first pipe through another encoding operator to convert the value to a string`,
    )
  }
  return Array.from(bytesOfText(node.value), (byte) => {
    const character = String.fromCharCode(byte)
    if (/[-A-Za-z0-9_.~]/.test(character)) return character
    return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }).join('')
}

/** Go's `url.QueryUnescape` of a text, as one string. */
export function* decodeUri(text: string): Generator<Node> {
  const invalid = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)
  if (invalid !== null) throw malformed(`invalid URL escape ${JSON.stringify(invalid[0])}`)
  const pieces = text
    .split(/(%[0-9a-fA-F]{2})/)
    .map((piece, index) =>
      index % 2 === 1
        ? Uint8Array.of(Number.parseInt(piece.slice(1), 16))
        : bytesOfText(piece.replaceAll('+', ' ')),
    )
  yield stringNode(textOfBytes(concatBytes(pieces)))
}
