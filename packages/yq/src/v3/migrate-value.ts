import { YQ_3 } from '../edition.ts'
import { emitTree } from '../printer/emitter.ts'
import { type Node, Style } from '../tree/node.ts'
import type { PathElement } from './path.ts'
import { quoteText } from './migrate-path.ts'

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/u
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null'])
/** Deeper values are written as YAML text, which is easier to read than a literal that deep. */
const MAX_LEVELS = 20

/** The value of a yq 3 command as an expression of yq 4: a literal if possible, else YAML text and `from_yaml`. */
export function migrateValue(value: Node): string {
  return literalOf(value, MAX_LEVELS) ?? `(${quoteText(yamlOf(value))} | from_yaml)`
}

function yamlOf(value: Node): string {
  const text = emitTree(value, { indent: 2, compactSequences: false, edition: YQ_3 })
  return text.replace(/\n$/u, '')
}

function literalOf(node: Node, levels: number): string | undefined {
  const { kind, content } = node
  if (!isPlainData(node) || levels === 0) return undefined
  if (kind === 'scalar') return scalarLiteral(node)
  const parts: string[] = []
  for (const child of content) {
    const literal = literalOf(child, levels - 1)
    if (literal === undefined) return undefined
    parts.push(literal)
  }
  if (kind === 'sequence') return `[${parts.join(', ')}]`
  const keys = content.filter((_, index) => index % 2 === 0)
  if (keys.some(({ tag }) => tag !== '!!str') || new Set(keys.map((key) => key.value)).size < keys.length)
    return undefined
  return `{${keys.map((_, index) => `${parts[index * 2]}: ${parts[index * 2 + 1]}`).join(', ')}}`
}

/** Whether a literal of yq 4 can express the node: it has no comment, anchor, alias or explicit tag. */
function isPlainData({ kind, style, anchor, headComment, lineComment, footComment }: Node): boolean {
  return (
    kind !== 'alias' &&
    (style & Style.tagged) === 0 &&
    anchor + headComment + lineComment + footComment === ''
  )
}

function scalarLiteral({ tag, value }: Node): string | undefined {
  if (tag === '!!str') return quoteText(value)
  if (tag === '!!null') return 'null'
  return WORDS.has(value) || (tag !== '!!timestamp' && NUMBER.test(value)) ? value : undefined
}

/** yq 4's name for the style of a block scalar. */
export function blockStyleOf({ kind, style }: Node): string | undefined {
  if (kind !== 'scalar') return undefined
  if ((style & Style.literal) !== 0) return 'literal'
  return (style & Style.folded) !== 0 ? 'folded' : undefined
}

/** A new list item with the value at the path after `[+]`; undefined if that path has patterns or indices other than 0. */
export function newItem(elements: readonly PathElement[], value: string): string | undefined {
  let item = value
  for (const element of elements.toReversed()) {
    if (element === '+' || element === 0) item = `[${item}]`
    else if (typeof element === 'string' && !/[*?]|==/u.test(element))
      item = `{${quoteText(element)}: ${item}}`
    else return undefined
  }
  return item
}
