import { Style } from '../tree/node.ts'
import type { Composer, Properties } from './composer.ts'
import type { Cursor, Mark } from './cursor.ts'
import type { Scanner } from './scanner.ts'
import { type ScannedToken, Token, type TokenType } from './token.ts'
import { TagHandles } from './tag-handles.ts'

type State = (this: Parser) => void

/** Tokens that end what stands before them, so that a node that is missing there is empty. */
const ENDS_BLOCK_PART: ReadonlySet<TokenType> = new Set([Token.key, Token.value, Token.blockEnd])
const ENDS_INDENTLESS_ITEM: ReadonlySet<TokenType> = new Set([...ENDS_BLOCK_PART, Token.blockEntry])
const ENDS_BLOCK_ITEM: ReadonlySet<TokenType> = new Set([Token.blockEntry, Token.blockEnd])
const ENDS_DOCUMENT: ReadonlySet<TokenType> = new Set([
  Token.versionDirective,
  Token.tagDirective,
  Token.documentStart,
  Token.documentEnd,
  Token.streamEnd,
])
const STARTS_EXPLICIT_DOCUMENT: ReadonlySet<TokenType> = new Set([
  Token.versionDirective,
  Token.tagDirective,
  Token.documentStart,
  Token.streamEnd,
])

/**
 * Turns tokens into what the composer builds nodes from. What comes next is a state: a method; the states
 * to go back to are a stack, so that depth costs no stack of the machine.
 */
export class Parser {
  private readonly scanner: Scanner
  private readonly cursor: Cursor
  private readonly composer: Composer
  private readonly handles: TagHandles
  private state: State = this.startStream
  private readonly states: State[] = []
  /** Where the open collections began, for errors. */
  private readonly starts: Mark[] = []
  private isDocumentDone = false
  private isStreamDone = false

  constructor(scanner: Scanner, cursor: Cursor, composer: Composer) {
    this.scanner = scanner
    this.cursor = cursor
    this.composer = composer
    this.handles = new TagHandles(cursor)
  }

  /** Parses one more document. Returns false when there is none. */
  parseDocument(): boolean {
    this.isDocumentDone = false
    while (!this.isDocumentDone && !this.isStreamDone) this.state()
    return this.isDocumentDone
  }

  private startStream(): void {
    this.scanner.peek()
    this.scanner.skip()
    this.state = this.startFirstDocument
  }

  private startFirstDocument(): void {
    const token = this.peekBehindDocumentEnds()
    if (STARTS_EXPLICIT_DOCUMENT.has(token.type)) {
      this.startExplicitDocument(token)
      return
    }
    this.handles.addDefaults()
    this.states.push(this.endDocument)
    this.state = this.parseBlockNode
    this.composer.startDocument(this.takeDocumentHead())
  }

  private startDocument(): void {
    this.startExplicitDocument(this.peekBehindDocumentEnds())
  }

  private peekBehindDocumentEnds(): ScannedToken {
    let token = this.scanner.peek()
    while (token.type === Token.documentEnd) {
      this.scanner.skip()
      token = this.scanner.peek()
    }
    return token
  }

  /** The comment above the first node, up to its last blank line, is the document's. */
  private takeDocumentHead(): string {
    const { comments } = this.scanner
    const { head } = comments
    for (let index = head.length - 1; index > 0; index--) {
      if (head[index] !== '\n') continue
      const isLast = index === head.length - 1
      if (!isLast && head[index - 1] !== '\n') continue
      comments.head = head.slice(index + 1)
      return head.slice(0, isLast ? index : index - 1)
    }
    return ''
  }

  private startExplicitDocument(first: ScannedToken): void {
    if (first.type === Token.streamEnd) {
      this.isStreamDone = true
      return
    }
    this.parseDirectives()
    const token = this.scanner.peek()
    if (token.type !== Token.documentStart) this.fail('did not find expected <document start>', token)
    this.states.push(this.endDocument)
    this.state = this.parseDocumentContent
    this.composer.startDocument('')
    this.scanner.skip()
  }

  private parseDirectives(): void {
    let hasVersion = false
    for (let token = this.scanner.peek(); ; token = this.scanner.peek()) {
      if (token.type === Token.versionDirective) {
        if (hasVersion) this.fail('found duplicate %YAML directive', token)
        if (token.value !== '1.1') this.fail('found incompatible YAML document', token)
        hasVersion = true
      } else if (token.type === Token.tagDirective) {
        this.handles.add(token)
      } else {
        break
      }
      this.scanner.skip()
    }
    this.handles.addDefaults()
  }

  private parseDocumentContent(): void {
    const token = this.scanner.peek()
    if (!ENDS_DOCUMENT.has(token.type)) {
      this.parseNode(true, false)
      return
    }
    this.leave()
    this.composer.addEmpty(token)
  }

  private endDocument(): void {
    const token = this.scanner.peek()
    if (token.type === Token.documentEnd) this.scanner.skip()
    this.handles.clear()
    this.state = this.startDocument
    this.isDocumentDone = true
    const { comments } = this.scanner
    this.composer.endDocument(comments.foot === '' ? comments.head : comments.foot)
    comments.clear()
  }

  private parseBlockNode(): void {
    this.parseNode(true, false)
  }

  /** A node with its properties. `allowsIndentless`: whether `-` may stand at the column of the key. */
  private parseNode(inBlock: boolean, allowsIndentless: boolean): void {
    let token = this.scanner.peek()
    if (token.type === Token.alias) {
      this.leave()
      this.composer.addAlias(token)
      this.scanner.skip()
      return
    }
    let properties: Properties | undefined
    if (token.type === Token.anchor || token.type === Token.tag) {
      properties = this.parseProperties(token)
      token = this.scanner.peek()
    }
    if (token.type === Token.scalar) {
      this.leave()
      this.composer.addScalar(token, properties)
      this.scanner.skip()
    } else if (!this.startCollection(token, properties, inBlock, allowsIndentless)) {
      const start = properties?.start ?? token
      if (properties === undefined) {
        const context = inBlock ? 'while parsing a block node' : 'while parsing a flow node'
        this.fail('did not find expected node content', token, context, start)
      }
      this.leave()
      this.composer.addEmpty(start, properties)
    }
  }

  private startCollection(
    token: ScannedToken,
    properties: Properties | undefined,
    inBlock: boolean,
    allowsIndentless: boolean,
  ): boolean {
    const { composer } = this
    if (token.type === Token.blockEntry && allowsIndentless) {
      this.state = this.parseIndentlessEntry
      composer.startCollection('sequence', Style.plain, token, properties)
    } else if (token.type === Token.flowSequenceStart) {
      this.state = this.parseFirstFlowItem
      composer.startCollection('sequence', Style.flow, token, properties)
    } else if (token.type === Token.flowMappingStart) {
      this.state = this.parseFirstFlowKey
      composer.startCollection('mapping', Style.flow, token, properties)
    } else if (token.type === Token.blockSequenceStart && inBlock) {
      this.state = this.parseFirstBlockEntry
      composer.startCollection('sequence', Style.plain, token, properties, this.scanner.comments.takeStem())
    } else if (token.type === Token.blockMappingStart && inBlock) {
      this.state = this.parseFirstBlockKey
      composer.startCollection('mapping', Style.plain, token, properties, this.scanner.comments.takeStem())
    } else {
      return false
    }
    return true
  }

  /** An anchor and a tag, one or both, in either order. */
  private parseProperties(first: ScannedToken): Properties {
    let anchor = ''
    let tag: ScannedToken | undefined
    let end = first.end
    let token = first
    for (let count = 0; count < 2; count++) {
      if (token.type === Token.anchor && anchor === '') anchor = token.value
      else if (token.type === Token.tag && tag === undefined) tag = token
      else break
      end = token.end
      this.scanner.skip()
      token = this.scanner.peek()
    }
    return { anchor, tag: tag === undefined ? '' : this.handles.resolve(tag, first), start: first, end }
  }

  private parseFirstBlockEntry(): void {
    this.enterCollection()
    this.parseBlockEntry()
  }

  private parseBlockEntry(): void {
    const token = this.scanner.peek()
    if (token.type === Token.blockEntry) {
      this.parseEntry(token, ENDS_BLOCK_ITEM, this.parseBlockEntry)
    } else if (token.type === Token.blockEnd) {
      this.leaveCollection()
      this.composer.endSequence(token)
      this.scanner.skip()
    } else {
      this.failInCollection("did not find expected '-' indicator", token, 'while parsing a block collection')
    }
  }

  private parseIndentlessEntry(): void {
    const token = this.scanner.peek()
    if (token.type === Token.blockEntry) {
      this.parseEntry(token, ENDS_INDENTLESS_ITEM, this.parseIndentlessEntry)
    } else {
      this.leave()
      this.composer.endSequence(token)
    }
  }

  private parseEntry(entry: ScannedToken, ends: ReadonlySet<TokenType>, next: State): void {
    this.composer.passIndicator(entry.offset)
    const { comments } = this.scanner
    const headLength = comments.head.length
    this.scanner.skip()
    const token = this.scanner.peek()
    // What stood above the `-` belongs to a block collection behind it as a whole.
    const opensBlock = token.type === Token.blockSequenceStart || token.type === Token.blockMappingStart
    if (headLength > 0 && opensBlock) comments.splitStem(headLength)
    this.parseOrEmpty(ends.has(token.type), entry.after(), next, false)
  }

  /** Parses a node of a block, or makes an empty one at `mark`, and goes on with `next`. */
  private parseOrEmpty(isEmpty: boolean, mark: Mark, next: State, allowsIndentless: boolean): void {
    if (isEmpty) {
      this.state = next
      this.composer.addEmpty(mark)
    } else {
      this.states.push(next)
      this.parseNode(true, allowsIndentless)
    }
  }

  private parseFirstBlockKey(): void {
    this.enterCollection()
    this.parseBlockKey()
  }

  private parseBlockKey(): void {
    const token = this.scanner.peek()
    if (token.type === Token.key) {
      this.composer.passIndicator(token.offset)
      this.scanner.skip()
      const isEmpty = ENDS_BLOCK_PART.has(this.scanner.peek().type)
      this.parseOrEmpty(isEmpty, token.after(), this.parseBlockValue, true)
    } else if (token.type === Token.blockEnd) {
      this.leaveCollection()
      this.composer.endMapping(token, true)
      this.scanner.skip()
    } else {
      this.failInCollection('did not find expected key', token, 'while parsing a block mapping')
    }
  }

  private parseBlockValue(): void {
    const token = this.scanner.peek()
    if (token.type !== Token.value) {
      this.state = this.parseBlockKey
      this.composer.addEmpty(token)
      return
    }
    this.composer.passIndicator(token.offset)
    this.scanner.skip()
    const isEmpty = ENDS_BLOCK_PART.has(this.scanner.peek().type)
    this.parseOrEmpty(isEmpty, token.after(), this.parseBlockKey, true)
  }

  private parseFirstFlowItem(): void {
    this.enterCollection()
    this.parseFlowItemAt(this.scanner.peek())
  }

  private parseFlowItem(): void {
    this.parseFlowItemAt(
      this.peekBehindComma(Token.flowSequenceEnd, "',' or ']'", 'while parsing a flow sequence'),
    )
  }

  private parseFlowItemAt(token: ScannedToken): void {
    if (token.type === Token.key) {
      // `[a: b]`: a mapping of one pair.
      this.state = this.parseFlowPairKey
      this.composer.startPair(token)
      this.scanner.skip()
    } else if (token.type === Token.flowSequenceEnd) {
      this.leaveCollection()
      this.composer.endSequence(token, true)
      this.scanner.skip()
    } else {
      this.states.push(this.parseFlowItem)
      this.parseNode(false, false)
    }
  }

  private parseFlowPairKey(): void {
    const token = this.scanner.peek()
    if (
      token.type === Token.value ||
      token.type === Token.flowEntry ||
      token.type === Token.flowSequenceEnd
    ) {
      const mark = token.after()
      this.scanner.skip()
      this.state = this.parseFlowPairValue
      this.composer.addEmpty(mark)
    } else {
      this.states.push(this.parseFlowPairValue)
      this.parseNode(false, false)
    }
  }

  private parseFlowPairValue(): void {
    const token = this.scanner.peek()
    if (token.type === Token.value) {
      this.scanner.skip()
      const { type } = this.scanner.peek()
      if (type !== Token.flowEntry && type !== Token.flowSequenceEnd) {
        this.states.push(this.endFlowPair)
        this.parseNode(false, false)
        return
      }
    }
    this.state = this.endFlowPair
    this.composer.addEmpty(token)
  }

  private endFlowPair(): void {
    const token = this.scanner.peek()
    this.state = this.parseFlowItem
    this.composer.endMapping(token, false)
  }

  private parseFirstFlowKey(): void {
    this.enterCollection()
    this.parseFlowKeyAt(this.scanner.peek())
  }

  private parseFlowKey(): void {
    this.parseFlowKeyAt(
      this.peekBehindComma(Token.flowMappingEnd, "',' or '}'", 'while parsing a flow mapping'),
    )
  }

  private parseFlowKeyAt(token: ScannedToken): void {
    if (token.type === Token.key) {
      this.scanner.skip()
      this.parseFlowPart(this.scanner.peek(), true, this.parseFlowValue)
    } else if (token.type === Token.flowMappingEnd) {
      this.leaveCollection()
      this.composer.endMapping(token, true)
      this.scanner.skip()
    } else {
      this.states.push(this.parseMissingFlowValue)
      this.parseNode(false, false)
    }
  }

  private parseFlowValue(): void {
    const token = this.scanner.peek()
    if (token.type === Token.value) {
      this.scanner.skip()
      const { type } = this.scanner.peek()
      if (type !== Token.flowEntry && type !== Token.flowMappingEnd) {
        this.states.push(this.parseFlowKey)
        this.parseNode(false, false)
        return
      }
    }
    this.state = this.parseFlowKey
    this.composer.addEmpty(token)
  }

  /** `{a}`: a key alone. */
  private parseMissingFlowValue(): void {
    const token = this.scanner.peek()
    this.state = this.parseFlowKey
    this.composer.addEmpty(token)
  }

  private parseFlowPart(token: ScannedToken, mayBeValue: boolean, next: State): void {
    const isEmpty =
      token.type === Token.flowEntry ||
      token.type === Token.flowMappingEnd ||
      (mayBeValue && token.type === Token.value)
    if (isEmpty) {
      this.state = next
      this.composer.addEmpty(token)
    } else {
      this.states.push(next)
      this.parseNode(false, false)
    }
  }

  /** The token behind the comma that must stand between the parts of a flow collection. */
  private peekBehindComma(end: TokenType, expected: string, context: string): ScannedToken {
    const token = this.scanner.peek()
    if (token.type === end) return token
    if (token.type !== Token.flowEntry)
      this.failInCollection(`did not find expected ${expected}`, token, context)
    this.scanner.skip()
    return this.scanner.peek()
  }

  private enterCollection(): void {
    this.starts.push(this.scanner.peek())
    this.scanner.skip()
  }

  private leaveCollection(): void {
    this.starts.pop()
    this.leave()
  }

  private leave(): void {
    this.state = this.states.pop() ?? this.startDocument
  }

  private failInCollection(message: string, at: Mark, context: string): never {
    return this.fail(message, at, context, this.starts.at(-1))
  }

  private fail(message: string, at: Mark, context?: string, contextAt?: Mark): never {
    return this.cursor.fail({ stage: 'parser', message, at, context, contextAt })
  }
}
