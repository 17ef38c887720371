import { bytesOfText, textOfBytes } from '../go/byte-text.ts'
import { trimSpace } from '../go/white-space.ts'
import { realTag } from '../tree/real-tag.ts'
import { stringNode } from '../tree/children.ts'
import type { Node } from '../tree/node.ts'
import { inexpressible, malformed } from './format-fault.ts'

/** The padded base64 of a string, without a line break. */
export function encodeBase64(node: Node): string {
  if (realTag(node) !== '!!str') {
    throw inexpressible(`cannot encode ${node.tag} as base64, can only operate on strings`)
  }
  return Buffer.from(bytesOfText(node.value)).toString('base64')
}

/** A base64 text, padding optional, line breaks allowed inside, as one string. */
export function* decodeBase64(text: string): Generator<Node> {
  const trimmed = trimSpace(text)
  // Padding is made up by the bytes of the text, line breaks included, as in yq.
  const missing = (4 - (trimmed.length % 4)) % 4
  const padded = (trimmed + '='.repeat(missing)).replace(/[\r\n]/g, '')
  const invalid = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(padded)
  if (invalid !== null || !/^(?:[^=]{4})*(?:[^=]{2}==|[^=]{3}=)?$/.test(padded)) {
    const at = invalid?.index ?? Math.max(0, padded.replace(/=+$/, '').length - 1)
    throw malformed(`illegal base64 data at input byte ${at}`)
  }
  yield stringNode(textOfBytes(Buffer.from(padded, 'base64')))
}
