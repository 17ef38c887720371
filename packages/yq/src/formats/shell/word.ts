import { replaceInvalidUtf8 } from '../../go/byte-text.ts'
import { realTag } from '../../tree/real-tag.ts'
import type { Node } from '../../tree/node.ts'
import { cannotEncode } from '../format-fault.ts'

const SAFE = /[\w@%+=:,./-]/

/** Quotes a string as one word of a POSIX shell: unsafe parts are in single quotes. */
export function encodeShell(node: Node): string {
  if (realTag(node) !== '!!str') {
    throw cannotEncode(
      `cannot encode ${node.tag} as URI, can only operate on strings. Please first pipe through another encoding operator to convert the value to a string`,
    )
  }
  let result = ''
  let quoted = false
  for (const character of replaceInvalidUtf8(node.value)) {
    if (character === "'") {
      result += quoted ? String.raw`'\'` : String.raw`\'`
      quoted = false
      continue
    }
    // A quote is closed as late as possible: at a quote in the text, or at its end.
    if (!quoted && !SAFE.test(character)) {
      result += "'"
      quoted = true
    }
    result += character
  }
  return quoted ? `${result}'` : result
}
