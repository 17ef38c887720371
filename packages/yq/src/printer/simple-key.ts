import { utf8Length } from '../go/bytes.ts'
import type { Edition } from '../edition.ts'
import type { Node } from '../tree/node.ts'
import { analyzeScalar } from './scalar-analysis.ts'
import { printedTag, shortTag } from './tag-text.ts'

/** How long the text of a key without `?` may be, with anchor and tag, in bytes. */
const SIMPLE_KEY_BYTES = 128

/** Whether a key can do without `?`: it is short, and no collection that has anything in it. */
export function isSimpleKey(key: Node, edition: Edition): boolean {
  if (key.kind === 'alias') return byteLength(key.value) <= SIMPLE_KEY_BYTES
  const { tag } = printedTag(key, edition)
  const length = byteLength(key.anchor) + byteLength(shortTag(tag))
  if (key.kind !== 'scalar') return key.content.length === 0 && length <= SIMPLE_KEY_BYTES
  return length + byteLength(key.value) <= SIMPLE_KEY_BYTES && !analyzeScalar(key.value).isMultiline
}

function byteLength(text: string): number {
  // A character has at most three bytes a unit.
  return text.length * 3 <= SIMPLE_KEY_BYTES / 2 ? text.length : utf8Length(text)
}
