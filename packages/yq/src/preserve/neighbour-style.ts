import { emitTree } from '../printer/emitter.ts'
import { copyWithoutContent } from '../tree/copy-node.ts'
import { Node, Style } from '../tree/node.ts'

/** The style of a text, for new parts of it. */
export interface TextStyle {
  /** Spaces per level. */
  readonly indent: number
  /** Whether a list in a map is at the column of its key. */
  readonly compactSequences: boolean
  readonly lineBreak: '\n' | '\r\n'
}

/** Finds the style of the first nested blocks of a text. */
export function styleOf(text: string, roots: readonly Node[]): TextStyle {
  let indent: number | undefined
  let compactSequences: boolean | undefined
  const open = roots.toReversed()
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (indent !== undefined && compactSequences !== undefined) break
    for (const child of node.content) {
      if (node.kind !== 'mapping' || !isBlock(node) || !isBlock(child) || child.isMapKey) continue
      const step = child.column - node.column
      if (child.kind === 'sequence') compactSequences ??= step === 0
      if (child.anchor === '' && step >= 2 && step <= 9) indent ??= step
    }
    for (const child of node.content.toReversed()) if (child.content.length > 0) open.push(child)
  }
  const breaks = text.split('\n', 1000)
  const withReturn = breaks.filter((line) => line.endsWith('\r')).length
  return {
    indent: indent ?? 2,
    compactSequences: compactSequences ?? false,
    lineBreak: withReturn * 2 > breaks.length ? '\r\n' : '\n',
  }
}

function isBlock(node: Node): boolean {
  return node.content.length > 0 && (node.style & Style.flow) === 0
}

/** Prints an item or a pair on its own lines, indented by `column` spaces, without the final line break. */
export function renderEntry(nodes: readonly Node[], column: number, style: TextStyle): string {
  const collection = new Node(nodes.length === 2 ? 'mapping' : 'sequence')
  collection.content.push(...withCommentOnKey(nodes))
  return toLines(emitTree(collection, style), column, style)
}

/** Moves the line comment of a value that is now a block collection to its key, because yq would lose it. */
function withCommentOnKey(nodes: readonly Node[]): readonly Node[] {
  const [key, value] = nodes
  if (key === undefined || value === undefined || key.lineComment !== '' || !isBlock(value)) return nodes
  const newKey = copyWithoutContent(key)
  newKey.content = key.content
  newKey.lineComment = value.lineComment
  const newValue = copyWithoutContent(value)
  newValue.content = value.content
  newValue.lineComment = ''
  return [newKey, newValue]
}

function toLines(printed: string, column: number, style: TextStyle): string {
  const pad = ' '.repeat(column)
  const lines = printed.slice(0, -1).split('\n')
  return lines.map((line) => (line === '' ? '' : pad + line)).join(style.lineBreak)
}

/** The position of a scalar or a flow collection. */
export type Spot = 'value' | 'item' | 'key' | 'flow'

/**
 * Prints a node without comments for the position after `key: ` or `- `, before `:`, or in a flow collection. `column` is
 * the 0-based column of the enclosing block. Returns undefined when the node cannot be printed there.
 */
export function renderInline(node: Node, spot: Spot, column: number, style: TextStyle): string | undefined {
  const bare = node.content.length === 0 ? withoutComments(node) : node
  const collection = new Node(spot === 'item' || spot === 'flow' ? 'sequence' : 'mapping')
  if (spot === 'flow') collection.style = Style.flow
  if (spot === 'value') collection.content.push(new Node('scalar', '!!str', 'k'))
  collection.content.push(bare)
  if (spot === 'key') collection.content.push(new Node('scalar', '!!str', 'v'))
  const printed = toLines(emitTree(collection, style), column, style).slice(column)
  if (spot === 'value') return printed.replace(/^k: ?/, '')
  if (spot === 'item') return printed.replace(/^- ?/, '')
  if (spot === 'flow') return printed.slice(1, -1)
  return printed.startsWith('? ') ? undefined : printed.replace(/: v$/, '')
}

function withoutComments(node: Node): Node {
  const bare = copyWithoutContent(node)
  bare.headComment = ''
  bare.footComment = ''
  // The line comment of a block scalar is in its header.
  if ((node.style & (Style.literal | Style.folded)) === 0) bare.lineComment = ''
  return bare
}

/** A copy of a new string with its neighbour's quotes, unless it has its own style. */
export function likeNeighbour(node: Node, neighbour: Node | undefined): Node {
  const quotes = (neighbour?.style ?? 0) & (Style.double | Style.single)
  if (quotes === 0 || node.kind !== 'scalar' || node.tag !== '!!str' || node.style !== Style.plain)
    return node
  const copy = copyWithoutContent(node)
  copy.style = quotes
  return copy
}
