import { Style } from '../../tree/node.ts'
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
import type { BlockTree, CollectionKind } from './block-tree.ts'
import { findFlowWords } from './flow-words.ts'
import type { CommentLine } from './head-comment.ts'
import { lineEndAt, requireLineEnd, spacesAt, withoutSpaces } from './line.ts'
import type { NodeTree } from './node-tree.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'
import { readQuotedText } from './quoted-text.ts'

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

/** Reads a document line by line into a tree. */
export class BlockReader {
  readonly #text: string
  readonly #tree: BlockTree<unknown>
  /** The tree, if it takes comments. */
  readonly #comments: NodeTree | undefined
  readonly #skipsComments: boolean
  /** The indentation of the current line in spaces. */
  #indent = 0
  /** Offset of the next line. */
  #next = 0
  /** The text of the plain scalar that the next line may continue, and the number of its last line. */
  #plain: string | undefined
  #plainLine = 0
  #isAfterBlockScalar = false

  /** @param comments the tree, if it takes comments; otherwise they are dropped */
  constructor(text: string, tree: BlockTree<unknown>, comments: NodeTree | undefined) {
    this.#text = text
    this.#tree = tree
    this.#comments = comments
    this.#skipsComments = comments === undefined
  }

  /** @throws NotPlainBlocks when the full reader must read the text */
  read(): void {
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
        if (this.#comments?.hasOpenComment === true)
          this.#comments.endComment({ offset, indent, isAfterBlank })
        this.#isAfterBlockScalar = false
        this.#tree.startLine(start)
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
    if (this.#comments === undefined) return
    // A block scalar takes the blank lines after it.
    if (this.#isAfterBlockScalar) throw new NotPlainBlocks()
    this.#comments.addCommentLine(this.#text.slice(line.offset, this.#next - 1), line)
  }

  #requireNoHead(): void {
    if (this.#comments?.hasHeadComment === true) throw new NotPlainBlocks()
  }

  /** Reads to the end of the line of a value that ends at `offset`. The value gets the comment there. Returns the offset of the line break. */
  #endValue(offset: number): number {
    const end = requireLineEnd(this.#text, offset, true)
    const start = offset + spacesAt(this.#text, offset)
    if (start < end) this.#comments?.setLineComment(this.#text.slice(start, end))
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
      if (this.#comments?.hasHeadComment === true && this.#opensBlock(offset)) this.#comments.moveHeadToStem()
    }
    if (this.#isKey(offset)) {
      const after = KEY.lastIndex
      this.#enter('mapping', offset)
      this.#addWord(offset, after - 1, true)
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

  #enter(kind: CollectionKind, offset: number): void {
    this.#tree.enter(kind, offset - this.#tree.lineStart, offset)
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

  /** Adds a plain scalar, or a quoted one without escapes, as a key or to the open flow collection. */
  #addWord(offset: number, end: number, isKey: boolean): void {
    const style = QUOTE_STYLES.get(this.#text.charCodeAt(offset)) ?? Style.plain
    const quote = style === Style.plain ? 0 : 1
    const value = this.#text.slice(offset + quote, end - quote)
    if (isKey) this.#tree.addKey(value, style, offset, end)
    else this.#tree.addWord(value, style, offset, end)
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
    this.#tree.addAlias(this.#text.slice(offset + 1, end), offset, end)
    this.#endValue(end)
  }

  #readQuoted(offset: number): void {
    const { value, end, breaks } = readQuotedText(this.#text, offset, this.#tree.outer)
    const style = QUOTE_STYLES.get(this.#text.charCodeAt(offset)) ?? Style.plain
    this.#tree.addScalar(value, style, offset, end)
    this.#passLines(breaks, this.#endValue(end) + 1)
  }

  #readBlockScalar(offset: number): void {
    const isFolded = this.#text.charCodeAt(offset) === GREATER
    const isStripped = this.#text.charCodeAt(offset + 1) === DASH
    const header = offset + (isStripped ? 2 : 1)
    const first = requireLineEnd(this.#text, header, this.#skipsComments) + 1
    const form = { isFolded, isStripped }
    const { value, lines, next } = readBlockText(this.#text, first, this.#tree.outer, form)
    this.#tree.addScalar(value, isFolded ? Style.folded : Style.literal, offset, next)
    this.#passLines(lines, next)
    this.#isAfterBlockScalar = true
  }

  #readFlow(offset: number, kind: CollectionKind): void {
    const { ranges, end } = findFlowWords(this.#text, offset, kind)
    this.#tree.openFlow(kind, offset)
    for (const [start, stop] of ranges) this.#addWord(start, stop, false)
    this.#tree.closeFlow(end)
    this.#endValue(end)
  }

  /** Reads the first line of a plain scalar. */
  #readPlain(offset: number): void {
    NOT_PLAIN.lastIndex = offset
    if (NOT_PLAIN.test(this.#text)) throw new NotPlainBlocks()
    const { value, comment } = this.#restOfLine(offset)
    this.#tree.addScalar(value, Style.plain, offset, offset + value.length)
    if (comment !== '') this.#comments?.setLineComment(comment)
    this.#plain = comment === '' ? value : undefined
    this.#plainLine = this.#tree.line
  }

  /** Adds a line to a plain scalar, which continues on all lines that are indented more than its collection. */
  #continuePlain(before: string, offset: number): void {
    const { value, comment } = this.#restOfLine(offset)
    if (comment !== '' && !this.#skipsComments) throw new NotPlainBlocks()
    const blank = this.#tree.line - this.#plainLine - 1
    const plain = before + (blank === 0 ? ' ' : '\n'.repeat(blank)) + value
    this.#tree.extendScalar(plain, offset + value.length)
    this.#plain = comment === '' ? plain : undefined
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
