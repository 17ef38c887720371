import { Node, Style } from '../../tree/node.ts'
import { resolveTag } from '../../tree/resolve-tag.ts'
import {
  AMPERSAND,
  ASTERISK,
  DASH,
  DOUBLE_QUOTE,
  GREATER,
  HASH,
  LEFT_BRACE,
  LEFT_BRACKET,
  LINE_FEED,
  PIPE,
  SINGLE_QUOTE,
  SPACE,
} from '../characters.ts'
import { readBlockText } from './block-text.ts'
import { addTo, BlockTree, type CollectionKind } from './block-tree.ts'
import { findFlowWords } from './flow-words.ts'
import { type CommentLine, HeadComment } from './head-comment.ts'
import { lineEndAt, requireLineEnd, spacesAt, withoutSpaces } from './line.ts'
import { readQuotedText } from './quoted-text.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'

/** A key of one word, or a quoted key without escapes, and its `:`. */
const KEY = /(?:<<|[\w./$][^\s:#]{0,200}|"[^"\\\n]{1,200}"|'[^'\n]{1,200}'):(?=[ \n])/y
/** The start of what is not a plain scalar. */
const NOT_PLAIN = /[&*!#%@`,[\]{}|>"']|[-?:][ \n]/y
/** The name of an anchor or alias. */
const NAME = /[\w-]+(?=[ \n])/y
/** A document may begin with it. */
export const SEPARATOR = '---\n'

const QUOTE_STYLES: ReadonlyMap<number, number> = new Map([
  [DOUBLE_QUOTE, Style.double],
  [SINGLE_QUOTE, Style.single],
])

/** Builds the nodes of a document line by line. */
export class BlockReader {
  readonly #text: string
  readonly #skipsComments: boolean
  readonly #head = new HeadComment()
  readonly #tree = new BlockTree(this.#head)
  /** The indentation of the current line in spaces. */
  #indent = 0
  /** Offset of the next line. */
  #next = 0
  /** The plain scalar that the next line may continue, and the number of its last line. */
  #plain: Node | undefined
  #plainLine = 0
  #isAfterBlockScalar = false

  constructor(text: string, skipsComments: boolean) {
    this.#text = text
    this.#skipsComments = skipsComments
  }

  /** @throws NotPlainBlocks when the full reader must read the text */
  read(): Node | undefined {
    if (this.#text.startsWith(SEPARATOR)) this.#passLines(1, SEPARATOR.length)
    while (this.#nextLine()) {
      const first = this.#tree.lineStart + this.#indent
      if (this.#plain !== undefined && this.#indent > this.#tree.outer) {
        this.#continuePlain(this.#plain, first)
      } else {
        this.#plain = undefined
        this.#tree.close(this.#indent, this.#isDash(first))
        this.#readLine(first)
      }
    }
    this.#requireNoHead()
    this.#tree.close(-1, false)
    return this.#tree.root
  }

  /** Goes to the next line that is neither blank nor a comment. */
  #nextLine(): boolean {
    const text = this.#text
    let isAfterBlank = false
    while (this.#next < text.length) {
      const start = this.#next
      const offset = start + spacesAt(text, start)
      const indent = offset - start
      const code = text.charCodeAt(offset)
      this.#passLines(1, text.indexOf('\n', offset) + 1)
      if (code === HASH) this.#readComment({ offset, indent, isAfterBlank })
      else if (code !== LINE_FEED) {
        if (this.#head.isOpen) this.#head.end({ offset, indent, isAfterBlank }, this.#tree.above)
        this.#tree.last = undefined
        this.#isAfterBlockScalar = false
        this.#tree.lineStart = start
        this.#indent = indent
        return true
      }
      isAfterBlank = code === LINE_FEED
    }
    return false
  }

  #passLines(count: number, next: number): void {
    this.#tree.line += count
    this.#next = next
  }

  #readComment(line: CommentLine): void {
    this.#plain = undefined
    if (this.#skipsComments) return
    // The comment above the first node may belong to the document, and a block scalar takes the blank lines after it.
    if (this.#tree.root === undefined || this.#isAfterBlockScalar) throw new NotPlainBlocks()
    this.#head.add(this.#text.slice(line.offset, this.#next - 1), line, this.#tree.above)
  }

  #requireNoHead(): void {
    if (!this.#head.isEmpty) throw new NotPlainBlocks()
  }

  /** Reads to the end of the line of a value that ends at `offset`. The value gets the comment there. Returns the offset of the line break. */
  #endValue(node: Node, offset: number): number {
    const end = requireLineEnd(this.#text, offset, true)
    const start = offset + spacesAt(this.#text, offset)
    if (start < end && !this.#skipsComments) node.lineComment = this.#text.slice(start, end)
    return end
  }

  #isDash(offset: number): boolean {
    if (this.#text.charCodeAt(offset) !== DASH) return false
    const after = this.#text.charCodeAt(offset + 1)
    return after === SPACE || after === LINE_FEED
  }

  /** Reads the dashes, the key and the value of a line; `first` is the offset of its first character. */
  #readLine(first: number): void {
    let offset = first
    while (this.#isDash(offset)) {
      this.#enter('sequence', offset)
      offset = this.#expectValue(offset + 1)
      if (offset < 0) return this.#requireNoHead()
      if (!this.#head.isEmpty && this.#opensBlock(offset)) this.#tree.stem = this.#head.take()
    }
    if (this.#isKey(offset)) {
      const after = KEY.lastIndex
      addTo(this.#enter('mapping', offset), this.#readWord(offset, after - 1))
      offset = this.#expectValue(after)
      if (offset < 0) return
    } else if (offset === first) {
      throw new NotPlainBlocks()
    }
    this.#readValue(offset)
  }

  #isKey(offset: number): boolean {
    KEY.lastIndex = offset
    return KEY.test(this.#text)
  }

  #opensBlock(offset: number): boolean {
    return this.#isDash(offset) || this.#isKey(offset)
  }

  #enter(kind: CollectionKind, offset: number): Node {
    return this.#tree.enter(kind, offset - this.#tree.lineStart, offset)
  }

  /** Makes the next node the value of the dash or key that ends at `offset`. Returns the value's offset, or -1 when it is not on this line. */
  #expectValue(offset: number): number {
    this.#tree.expectValue(offset)
    const hasNone = lineEndAt(this.#text, offset, this.#skipsComments) >= 0
    return hasNone ? -1 : offset + spacesAt(this.#text, offset)
  }

  #readValue(offset: number): void {
    switch (this.#text.charCodeAt(offset)) {
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.#readQuoted(offset)
      case PIPE:
      case GREATER:
        return this.#readBlockScalar(offset)
      case LEFT_BRACKET:
        return this.#readFlow(offset, 'sequence')
      case LEFT_BRACE:
        return this.#readFlow(offset, 'mapping')
      case AMPERSAND:
        return this.#readAnchor(offset)
      case ASTERISK:
        return this.#readAlias(offset)
      default:
        return this.#readPlain(offset)
    }
  }

  #scalar(value: string, style: number, offset: number, end: number): Node {
    const node = new Node('scalar', style === Style.plain ? resolveTag(value) : '!!str', value)
    node.style = style
    this.#tree.attachHead(node)
    this.#tree.place(node, offset, end)
    return node
  }

  #addScalar(value: string, style: number, offset: number, end: number): Node {
    const node = this.#scalar(value, style, offset, end)
    this.#tree.addValue(node)
    this.#tree.last = node
    return node
  }

  /** Reads a plain scalar, or a quoted one without escapes. */
  #readWord(offset: number, end: number): Node {
    const style = QUOTE_STYLES.get(this.#text.charCodeAt(offset)) ?? Style.plain
    const quote = style === Style.plain ? 0 : 1
    return this.#scalar(this.#text.slice(offset + quote, end - quote), style, offset, end)
  }

  /** The offset after the name of an anchor or alias. */
  #endOfName(offset: number): number {
    NAME.lastIndex = offset
    if (!NAME.test(this.#text)) throw new NotPlainBlocks()
    return NAME.lastIndex
  }

  #readAnchor(offset: number): void {
    const end = this.#endOfName(offset + 1)
    this.#tree.expectAnchored(this.#text.slice(offset + 1, end), offset)
    if (lineEndAt(this.#text, end, this.#skipsComments) < 0) this.#readValue(end + spacesAt(this.#text, end))
  }

  #readAlias(offset: number): void {
    const end = this.#endOfName(offset + 1)
    const node = new Node('alias', '', this.#text.slice(offset + 1, end))
    node.alias = this.#tree.anchored(node.value)
    this.#tree.attachHead(node)
    this.#tree.place(node, offset, end)
    this.#tree.addValue(node)
    this.#endValue(node, end)
  }

  #readQuoted(offset: number): void {
    const { value, end, breaks } = readQuotedText(this.#text, offset, this.#tree.outer)
    const style = QUOTE_STYLES.get(this.#text.charCodeAt(offset)) ?? Style.plain
    const node = this.#addScalar(value, style, offset, end)
    this.#passLines(breaks, this.#endValue(node, end) + 1)
  }

  #readBlockScalar(offset: number): void {
    const isFolded = this.#text.charCodeAt(offset) === GREATER
    const isStripped = this.#text.charCodeAt(offset + 1) === DASH
    const header = offset + (isStripped ? 2 : 1)
    const node = this.#addScalar('', isFolded ? Style.folded : Style.literal, offset, header)
    const first = requireLineEnd(this.#text, header, this.#skipsComments) + 1
    const form = { isFolded, isStripped }
    const { value, lines, next } = readBlockText(this.#text, first, this.#tree.outer, form)
    node.value = value
    this.#tree.endAt(node, next)
    this.#passLines(lines, next)
    this.#isAfterBlockScalar = true
    this.#tree.last = undefined
  }

  #readFlow(offset: number, kind: CollectionKind): void {
    const { ranges, end } = findFlowWords(this.#text, offset, kind)
    const node = this.#tree.collection(kind, offset, offset + 1)
    node.style = Style.flow
    this.#tree.attachHead(node)
    for (const [start, stop] of ranges) addTo(node, this.#readWord(start, stop))
    this.#tree.endAt(node, end)
    this.#tree.addValue(node)
    this.#endValue(node, end)
  }

  /** Reads the first line of a plain scalar. */
  #readPlain(offset: number): void {
    NOT_PLAIN.lastIndex = offset
    if (NOT_PLAIN.test(this.#text)) throw new NotPlainBlocks()
    const { value, comment } = this.#restOfLine(offset)
    const node = this.#addScalar(value, Style.plain, offset, offset + value.length)
    if (!this.#skipsComments) node.lineComment = comment
    this.#plain = comment === '' ? node : undefined
    this.#plainLine = this.#tree.line
  }

  /** Adds a line to a plain scalar, which continues on all lines that are indented more than its collection. */
  #continuePlain(node: Node, offset: number): void {
    const { value, comment } = this.#restOfLine(offset)
    if (comment !== '' && !this.#skipsComments) throw new NotPlainBlocks()
    const blank = this.#tree.line - this.#plainLine - 1
    node.value += (blank === 0 ? ' ' : '\n'.repeat(blank)) + value
    node.tag = resolveTag(node.value)
    this.#tree.endAt(node, offset + value.length)
    if (comment !== '') this.#plain = undefined
    this.#plainLine = this.#tree.line
  }

  /** The part of a line that belongs to a plain scalar, and the comment after it. */
  #restOfLine(offset: number): { value: string; comment: string } {
    const line = this.#text.slice(offset, this.#next - 1)
    const space = line.indexOf(' #')
    const value = withoutSpaces(space < 0 ? line : line.slice(0, space))
    if (value.includes(': ') || value.endsWith(':')) throw new NotPlainBlocks()
    return { value, comment: space < 0 ? '' : line.slice(space + 1) }
  }
}
