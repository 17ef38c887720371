import type { Edition } from '../edition.ts'
import type { Node } from '../tree/node.ts'
import { Style } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'

const QUOTED = Style.double | Style.single | Style.literal | Style.folded
const STANDARD_PREFIX = 'tag:yaml.org,2002:'
const INFERRED: ReadonlySet<string> = new Set([
  '!!null',
  '!!bool',
  '!!str',
  '!!int',
  '!!float',
  '!!timestamp',
])

/** How a node's tag is printed. */
export interface PrintedTag {
  /** '' when the tag is not printed. */
  readonly tag: string
  /** Whether a plain string must be quoted to stay a string. */
  readonly mustQuote: boolean
}

const NONE: PrintedTag = { tag: '', mustQuote: false }
const QUOTE: PrintedTag = { tag: '', mustQuote: true }

/** The tag to print; none if a reader would infer it. */
export function printedTag(node: Node, { infersMerge, infersNumbers }: Edition): PrintedTag {
  if (node.tag === '') return NONE
  if ((node.style & Style.tagged) !== 0) return { tag: node.tag, mustQuote: false }
  const tag = shortTag(node.tag)
  if (node.kind === 'mapping' || node.kind === 'sequence') {
    return tag === (node.kind === 'mapping' ? '!!map' : '!!seq') ? NONE : { tag: node.tag, mustQuote: false }
  }
  if (tag === '!!merge' && node.value === '<<' && infersMerge) return NONE
  if (!INFERRED.has(tag)) return { tag: node.tag, mustQuote: false }
  if (infersNumbers && (tag === '!!int' || tag === '!!float')) return NONE
  if (resolveTag(node.value) === tag) return NONE
  if (tag !== '!!str') return { tag: node.tag, mustQuote: false }
  return (node.style & QUOTED) === 0 ? QUOTE : NONE
}

/** `!!x` for `tag:yaml.org,2002:x`; other tags are returned unchanged. */
export function shortTag(tag: string): string {
  return tag.startsWith(STANDARD_PREFIX) ? `!!${tag.slice(STANDARD_PREFIX.length)}` : tag
}

/** A tag in YAML, in its shortest form, with the required escapes. */
export function tagText(tag: string): string {
  const short = shortTag(tag)
  if (short.startsWith('!!')) return `!!${escapeUri(short.slice(2))}`
  return short.startsWith('!') ? `!${escapeUri(short.slice(1))}` : `!<${escapeUri(short)}>`
}

function escapeUri(text: string): string {
  return text.replaceAll(/[^;/?:@&=+$,_.~*'()[\]0-9A-Za-z-]/gu, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  )
}
