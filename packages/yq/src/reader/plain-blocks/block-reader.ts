import { NodeBound } from '../../budget/memory-bounds.ts'
import { Node, Style } from '../../tree/node.ts'
import { resolveTag } from '../../tree/resolve-tag.ts'
import {
  AMPERSAND,
  ASTERISK,
  DASH,
  DOUBLE_QUOTE,
  HASH,
  LEFT_BRACE,
  LEFT_BRACKET,
  LINE_FEED,
  PIPE,
  SINGLE_QUOTE,
  SPACE,
} from '../characters.ts'
import { findFlowWords } from './flow-words.ts'
import { lineEndAt, requireLineEnd, spacesAt, withoutSpaces } from './line.ts'
import { readLiteralText } from './literal-text.ts'
import { readQuotedText } from './quoted-text.ts'
import { Unread } from './unread.ts'

/** Deeper documents are for the full reader. */
const DEEPEST = 1000
/** A key of one word, or in quotes without escapes, with its colon. */
const KEY = /(?:<<|[\w./$][^\s:#]{0,200}|"[^"\\\n]{1,200}"|'[^'\n]{1,200}'):(?=[ \n])/y
/** How no plain scalar begins that is only itself. */
const NOT_PLAIN = /[&*!#%@`,[\]{}|>"']|[-?:][ \n]/y
/** The name of an anchor or alias. */
const NAME = /[\w-]+(?=[ \n])/y
/** What a document may begin with. */
export const SEPARATOR = '---\n'
const COLLECTION_TAGS = { mapping: '!!map', sequence: '!!seq' } as const

/** A block collection that more lines may belong to. */
interface Open {
  readonly node: Node
  /** How many characters its keys or dashes are from the left. */
  readonly indent: number
  /** Whether it is a sequence as far left as the key that it belongs to. */
  readonly isIndentless: boolean
}

/** A position in a line. */
interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Builds the nodes of a document line by line. */
export class BlockReader {
  readonly #text: string
  readonly #passesComments: boolean
  readonly #bound = new NodeBound()
  readonly #open: Open[] = []
  readonly #anchors = new Map<string, Node>()
  #root: Node | undefined
  #count = 0
  /** The line that is read: its number, where it begins, and how many spaces it begins with. */
  #line = 0
  #start = 0
  #indent = 0
  /** Where the next line begins. */
  #next = 0
  /** The offset after the last node. */
  #end = 0
  /** The position after the last dash or key, as long as it lacks its value, and the anchor of that value. */
  #lacking: Position | undefined
  #anchor: (Position & { readonly name: string }) | undefined
  /** The scalar without quotes that was read last and may go on, and its last line. */
  #plain: Node | undefined
  #plainLine = 0

  constructor(text: string, passesComments: boolean) {
    this.#text = text
    this.#passesComments = passesComments
  }

  /** @throws Unread when the text has a form that is not read here */
  read(): Node | undefined {
    if (this.#text.startsWith(SEPARATOR)) this.#passLines(1, SEPARATOR.length)
    while (this.#nextLine()) {
      const first = this.#start + this.#indent
      if (this.#plain !== undefined && this.#indent > this.#outer) {
        this.#continuePlain(this.#plain, first)
      } else {
        this.#plain = undefined
        this.#close(this.#indent, this.#isDash(first))
        this.#readLine(first)
      }
    }
    this.#close(-1, false)
    return this.#root
  }

  /** Goes to the next line that is neither blank nor a comment. */
  #nextLine(): boolean {
    const text = this.#text
    while (this.#next < text.length) {
      const start = this.#next
      const first = start + spacesAt(text, start)
      const code = text.charCodeAt(first)
      this.#passLines(1, text.indexOf('\n', first) + 1)
      if (code === HASH) this.#passComment()
      else if (code !== LINE_FEED) {
        this.#start = start
        this.#indent = first - start
        return true
      }
    }
    return false
  }

  #passComment(): void {
    if (!this.#passesComments) throw new Unread()
    this.#plain = undefined
  }

  #passLines(count: number, next: number): void {
    this.#line += count
    this.#next = next
  }

  /** The indentation of the innermost collection. */
  get #outer(): number {
    return this.#open.at(-1)?.indent ?? -1
  }

  /** Ends the collections that no line with so many spaces belongs to. */
  #close(indent: number, isDash: boolean): void {
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.indent < indent || (top.indent === indent && (isDash || !top.isIndentless))) return
      this.#addMissing()
      top.node.end = this.#end
      this.#open.pop()
    }
  }

  #isDash(offset: number): boolean {
    if (this.#text.charCodeAt(offset) !== DASH) return false
    const after = this.#text.charCodeAt(offset + 1)
    return after === SPACE || after === LINE_FEED
  }

  /** Reads the dashes, the key and the value that a line has from `first` on. */
  #readLine(first: number): void {
    let offset = first
    while (this.#isDash(offset)) {
      this.#enter('sequence', offset)
      offset = this.#expectValue(offset + 1)
      if (offset < 0) return
    }
    KEY.lastIndex = offset
    if (KEY.test(this.#text)) {
      const after = KEY.lastIndex
      addTo(this.#enter('mapping', offset), this.#readWord(offset, after - 1))
      offset = this.#expectValue(after)
      if (offset < 0) return
    } else if (offset === first) {
      throw new Unread()
    }
    this.#readValue(offset)
  }

  /** Says that what ends at `offset` has no value yet. Returns where that begins on this line, -1 when it does not. */
  #expectValue(offset: number): number {
    this.#lacking = this.#positionOf(offset)
    return lineEndAt(this.#text, offset, this.#passesComments) < 0
      ? offset + spacesAt(this.#text, offset)
      : -1
  }

  #positionOf(offset: number): Position {
    return { offset, line: this.#line, column: offset - this.#start + 1 }
  }

  /** Gives the last dash or key an empty scalar if it has no value. */
  #addMissing(): void {
    if (this.#lacking === undefined) return
    if (this.#anchor !== undefined) throw new Unread()
    const node = new Node('scalar', '!!null')
    this.#place(node, this.#lacking, this.#lacking.offset)
    this.#addValue(node)
  }

  /** The collection of the dash or key at `offset`, which begins there if it is not the innermost one already. */
  #enter(kind: 'mapping' | 'sequence', offset: number): Node {
    const indent = offset - this.#start
    const top = this.#open.at(-1)
    if (top?.indent === indent && top.node.kind === kind) {
      this.#addMissing()
      return top.node
    }
    const isIndentless = top?.indent === indent && kind === 'sequence'
    const mayBegin =
      top === undefined ? this.#root === undefined && indent === 0 : this.#lacking !== undefined
    if (!mayBegin || (indent <= this.#outer && !isIndentless)) throw new Unread()
    if (this.#open.length >= DEEPEST) throw new Unread()
    const node = new Node(kind, COLLECTION_TAGS[kind])
    this.#place(node, this.#positionOf(offset), offset)
    if (top === undefined) this.#root = node
    else this.#addValue(node)
    this.#open.push({ node, indent, isIndentless })
    return node
  }

  #addValue(node: Node): void {
    const parent = this.#open.at(-1)?.node
    if (parent === undefined || this.#lacking === undefined) throw new Unread()
    this.#lacking = undefined
    addTo(parent, node)
  }

  #place(node: Node, { offset, line, column }: Position, end: number): void {
    if (this.#bound.exceededBy(++this.#count) !== undefined) throw new Unread()
    node.line = line
    node.column = column
    node.start = offset
    node.end = end
    this.#end = end
    if (this.#anchor !== undefined) this.#giveAnchor(node, this.#anchor)
  }

  /** A node begins with its anchor. */
  #giveAnchor(node: Node, { name, offset, line, column }: Position & { readonly name: string }): void {
    node.anchor = name
    node.line = line
    node.column = column
    node.start = offset
    this.#anchors.set(name, node)
    this.#anchor = undefined
  }

  #endAt(node: Node, end: number): void {
    node.end = end
    this.#end = end
  }

  #addScalar(value: string, style: number, offset: number, end: number): Node {
    const node = this.#scalar(value, style, offset, end)
    this.#addValue(node)
    return node
  }

  #scalar(value: string, style: number, offset: number, end: number): Node {
    const node = new Node('scalar', style === Style.plain ? resolveTag(value) : '!!str', value)
    node.style = style
    this.#place(node, this.#positionOf(offset), end)
    return node
  }

  /** A plain scalar, or one in quotes that needs no decoding. */
  #readWord(offset: number, end: number): Node {
    const style = QUOTE_STYLES.get(this.#text.charCodeAt(offset)) ?? Style.plain
    const quote = style === Style.plain ? 0 : 1
    return this.#scalar(this.#text.slice(offset + quote, end - quote), style, offset, end)
  }

  #readValue(offset: number): void {
    switch (this.#text.charCodeAt(offset)) {
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.#readQuoted(offset)
      case PIPE:
        return this.#readLiteral(offset)
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

  #readAnchor(offset: number): void {
    NAME.lastIndex = offset + 1
    if (this.#anchor !== undefined || !NAME.test(this.#text)) throw new Unread()
    const end = NAME.lastIndex
    this.#anchor = { name: this.#text.slice(offset + 1, end), ...this.#positionOf(offset) }
    if (lineEndAt(this.#text, end, this.#passesComments) < 0) this.#readValue(end + spacesAt(this.#text, end))
  }

  #readAlias(offset: number): void {
    NAME.lastIndex = offset + 1
    if (this.#anchor !== undefined || !NAME.test(this.#text)) throw new Unread()
    const end = NAME.lastIndex
    const node = new Node('alias', '', this.#text.slice(offset + 1, end))
    node.alias = this.#anchors.get(node.value)
    if (node.alias === undefined) throw new Unread()
    this.#place(node, this.#positionOf(offset), end)
    this.#addValue(node)
    requireLineEnd(this.#text, end, this.#passesComments)
  }

  #readQuoted(offset: number): void {
    const { value, end, breaks } = readQuotedText(this.#text, offset, this.#outer)
    const style = QUOTE_STYLES.get(this.#text.charCodeAt(offset)) ?? Style.plain
    this.#addScalar(value, style, offset, end)
    this.#passLines(breaks, requireLineEnd(this.#text, end, this.#passesComments) + 1)
  }

  #readLiteral(offset: number): void {
    const isStripped = this.#text.charCodeAt(offset + 1) === DASH
    const header = offset + (isStripped ? 2 : 1)
    const node = this.#addScalar('', Style.literal, offset, header)
    const first = requireLineEnd(this.#text, header, this.#passesComments) + 1
    const { value, lines, next } = readLiteralText(this.#text, first, this.#outer, isStripped)
    node.value = value
    this.#endAt(node, next)
    this.#passLines(lines, next)
  }

  #readFlow(offset: number, kind: 'mapping' | 'sequence'): void {
    const { ranges, end } = findFlowWords(this.#text, offset, kind)
    const node = new Node(kind, COLLECTION_TAGS[kind])
    node.style = Style.flow
    this.#place(node, this.#positionOf(offset), offset + 1)
    for (const [start, stop] of ranges) addTo(node, this.#readWord(start, stop))
    this.#endAt(node, end)
    this.#addValue(node)
    requireLineEnd(this.#text, end, this.#passesComments)
  }

  /** Reads a scalar without quotes as far as its first line. */
  #readPlain(offset: number): void {
    NOT_PLAIN.lastIndex = offset
    if (NOT_PLAIN.test(this.#text)) throw new Unread()
    const { value, mayGoOn } = this.#restOfLine(offset)
    const node = this.#addScalar(value, Style.plain, offset, offset + value.length)
    this.#plain = mayGoOn ? node : undefined
    this.#plainLine = this.#line
  }

  /** Adds the line to a scalar without quotes, which goes on in the lines that are further right than its collection. */
  #continuePlain(node: Node, offset: number): void {
    const { value, mayGoOn } = this.#restOfLine(offset)
    const blank = this.#line - this.#plainLine - 1
    node.value += (blank === 0 ? ' ' : '\n'.repeat(blank)) + value
    node.tag = resolveTag(node.value)
    this.#endAt(node, offset + value.length)
    if (!mayGoOn) this.#plain = undefined
    this.#plainLine = this.#line
  }

  /** What a scalar without quotes has of a line. A comment ends it. */
  #restOfLine(offset: number): { value: string; mayGoOn: boolean } {
    const line = this.#text.slice(offset, this.#next - 1)
    const comment = line.indexOf(' #')
    if (comment >= 0 && !this.#passesComments) throw new Unread()
    const value = withoutSpaces(comment < 0 ? line : line.slice(0, comment))
    if (value.includes(': ') || value.endsWith(':')) throw new Unread()
    return { value, mayGoOn: comment < 0 }
  }
}

const QUOTE_STYLES: ReadonlyMap<number, number> = new Map([
  [DOUBLE_QUOTE, Style.double],
  [SINGLE_QUOTE, Style.single],
])

/** Adds an item, a key or a value. */
function addTo(parent: Node, node: Node): void {
  const { content } = parent
  node.parent = parent
  if (parent.kind === 'sequence') node.setIndex(content.length, true)
  else if (content.length % 2 === 0) node.isMapKey = true
  else node.key = content.at(-1)
  content.push(node)
}
