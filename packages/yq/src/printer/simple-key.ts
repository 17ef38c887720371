import { utf8Length } from '../go/bytes.ts'
import type { Edition } from '../edition.ts'
import { type Node, Style } from '../tree/node.ts'
import { analyzeScalar } from './scalar-analysis.ts'
import { printedTag, shortTag } from './tag-text.ts'

/** Maximum length in bytes of a key without `?`, including anchor and tag. */
const SIMPLE_KEY_BYTES = 128
/** Maximum bytes in UTF-8 per UTF-16 unit. */
const MOST_BYTES = 3
const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/

/** Whether a key needs no `?`: it is short, on one line, and not a collection with content. */
export function isSimpleKey(key: Node, edition: Edition): boolean {
  if (isShortWord(key)) return true
  if (key.kind === 'alias') return byteLength(key.value) <= SIMPLE_KEY_BYTES
  const { tag } = printedTag(key, edition)
  const length = byteLength(key.anchor) + byteLength(shortTag(tag))
  if (key.kind !== 'scalar') return key.content.length === 0 && length <= SIMPLE_KEY_BYTES
  return length + byteLength(key.value) <= SIMPLE_KEY_BYTES && !analyzeScalar(key.value).isMultiline
}

/** Fast path for most keys: a short string on one line, without anchor or explicit tag. */
function isShortWord({ kind, tag, style, anchor, value }: Node): boolean {
  return (
    kind === 'scalar' &&
    tag === '!!str' &&
    (style & Style.tagged) === 0 &&
    anchor === '' &&
    value.length * MOST_BYTES <= SIMPLE_KEY_BYTES &&
    !LINE_BREAK.test(value)
  )
}

function byteLength(text: string): number {
  return text.length * MOST_BYTES <= SIMPLE_KEY_BYTES / 2 ? text.length : utf8Length(text)
}
