import type { Node } from '../tree/node.ts'

/** A range of the text, from `start` to before `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** One item or pair of a block collection, and its lines. */
export interface EntryLines extends Range {
  /** The item, or the key. */
  readonly node: Node
  /** The offset of its `-`, `?` or key. */
  readonly indicator: number
  /** Whether only indentation precedes it; otherwise it follows the indicator of the enclosing entry. */
  readonly startsLine: boolean
  /** The end of its last text, including comments after and below it, without the line break. */
  readonly textEnd: number
  readonly hasFoot: boolean
}

/** A block collection with lazily computed lines, because most are not edited. */
export class Block {
  readonly collection: Node
  readonly #text: string
  readonly #indicators: ReadonlyMap<Node, number>
  #found: readonly EntryLines[] | undefined

  constructor(text: string, collection: Node, indicators: ReadonlyMap<Node, number>) {
    this.#text = text
    this.collection = collection
    this.#indicators = indicators
  }

  get entries(): readonly EntryLines[] {
    this.#found ??= entriesOf(this.#text, this.collection, this.#indicators)
    return this.#found
  }

  /** The column, from 0, at which entries begin. */
  get column(): number {
    const indicator = this.entries[0]?.indicator ?? 0
    return indicator - lineStart(this.#text, indicator)
  }
}

/**
 * The entries of a block collection. `start` of an entry is the first line of the comment above it, `end` the start of the
 * next entry. Blank lines belong to the entry before them, except after the last entry.
 */
function entriesOf(text: string, collection: Node, indicators: ReadonlyMap<Node, number>): EntryLines[] {
  const step = collection.kind === 'mapping' ? 2 : 1
  const entries: (EntryLines & { end: number })[] = []
  for (let index = 0; index < collection.content.length; index += step) {
    const node = collection.content[index]
    const last = collection.content[index + step - 1]
    if (node === undefined || last === undefined) continue
    const recorded = indicators.get(node) ?? -1
    const indicator = recorded < 0 ? node.start : recorded
    const startsLine = /^ *$/.test(text.slice(lineStart(text, indicator), indicator))
    const start = startsLine ? startOfHead(text, lineStart(text, indicator), node) : indicator
    const before = entries.at(-1)
    if (before !== undefined) before.end = start
    const ownEnd = lineEnd(text, endOfText(text, last))
    const textEnd = skipFeet(text, ownEnd, feetOf(node, last))
    const end = afterBreak(text, textEnd)
    entries.push({ node, indicator, startsLine, start, end, textEnd, hasFoot: textEnd > ownEnd })
  }
  return entries
}

/** The end of a node's last character, without trailing blank lines (of a block scalar). */
export function endOfText(text: string, node: Node): number {
  let end = Math.max(node.end, node.start)
  while (end > node.start && /\s/.test(text.charAt(end - 1))) end--
  return end
}

/** The offset of the first character of a line, after a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start
}

/** The offset of the line break, which may be `\r\n`. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  if (newline < 0) return text.length
  return newline > offset && text.charAt(newline - 1) === '\r' ? newline - 1 : newline
}

export function afterBreak(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

/** Number of non-empty lines of a comment. */
function countLines(comment: string): number {
  return comment.split('\n').filter((line) => line !== '').length
}

function startOfHead(text: string, ownLine: number, node: Node): number {
  let missing = countLines(node.headComment)
  let start = ownLine
  for (let line = ownLine; missing > 0 && line > 0;) {
    line = lineStart(text, line - 1)
    const content = text.slice(line, lineEnd(text, line)).trim()
    if (content !== '' && !content.startsWith('#')) break
    if (content === '') continue
    start = line
    missing--
  }
  return start
}

/** Number of foot comment lines below an entry: its own and those of the last entries inside it. */
function feetOf(key: Node, value: Node): number {
  let count = key === value ? 0 : countLines(key.footComment)
  for (let node: Node | undefined = value; node !== undefined; node = node.content.at(-1)) {
    count += countLines(node.footComment)
    if (node.kind === 'mapping') count += countLines(node.content.at(-2)?.footComment ?? '')
  }
  return count
}

function skipFeet(text: string, from: number, count: number): number {
  let end = from
  let missing = count
  for (let line = afterBreak(text, from); missing > 0 && line < text.length; line = afterBreak(text, line)) {
    const content = text.slice(line, lineEnd(text, line)).trim()
    if (content !== '' && !content.startsWith('#')) break
    if (content === '') continue
    end = lineEnd(text, line)
    missing--
  }
  return end
}

/** The nodes of the entry `index` of a collection: an item, or a key and its value. */
export function partsOf(collection: Node, index: number): readonly Node[] {
  const step = collection.kind === 'mapping' ? 2 : 1
  return collection.content.slice(index * step, index * step + step)
}
