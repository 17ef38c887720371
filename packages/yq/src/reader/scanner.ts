import {
  AMPERSAND,
  ASTERISK,
  BANG,
  COLON,
  COMMA,
  DASH,
  DOUBLE_QUOTE,
  END,
  GREATER,
  HASH,
  isBlankBreakOrEnd,
  isBreak,
  isIndicator,
  LEFT_BRACE,
  LEFT_BRACKET,
  PERCENT,
  PIPE,
  QUESTION,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './characters.ts'
import { CommentQueue } from './comments.ts'
import type { Cursor, Mark } from './cursor.ts'
import { NodeBound } from '../budget/memory-bounds.ts'
import { scanBlockScalar } from './scan-block-scalar.ts'
import { scanLineComment, scanOwnLineComments } from './scan-comments.ts'
import { atDocumentMarker, scanPlain } from './scan-plain.ts'
import { scanQuoted } from './scan-quoted.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts'
import { SimpleKeys } from './simple-keys.ts'
import { ScannedToken, Token, type TokenType } from './token.ts'
import { TokenQueue } from './token-queue.ts'

/** go-yaml's limit for nested blocks, and for nested flow collections. */
const MAX_DEPTH = 10_000

/** Tokens per node, for most nodes. */
const TOKENS_A_NODE = 2

/** Characters needed to recognise a token: `--- `. */
const MAX_INDICATOR_LENGTH = 4

/**
 * Splits text into tokens, on demand. It looks ahead only until it knows whether a token starts a key, and by two tokens
 * for comments. This is exactly go-yaml's look-ahead, because it decides which of two errors is found first, and which
 * node gets a comment.
 */
export class Scanner {
  readonly comments: CommentQueue = new CommentQueue()
  readonly #cursor: Cursor
  readonly #queue = new TokenQueue()
  readonly #keys: SimpleKeys
  #isTokenReady = false
  /** Limits the queue, which contains a whole flow collection until it is known whether that is a key. */
  readonly #bound = new NodeBound()
  #flowLevel = 0
  /** The columns of the current block and of the enclosing ones; -1 outside of any. */
  #indent = -1
  readonly #indents: number[] = []

  constructor(cursor: Cursor) {
    this.#cursor = cursor
    this.#keys = new SimpleKeys(cursor)
    this.#queue.push(new ScannedToken(Token.streamStart, cursor.mark(), cursor.offset))
  }

  /** The next token; its comments become pending. */
  peek(): ScannedToken {
    if (!this.#isTokenReady) {
      while (this.#needsMore()) this.#fetch()
      this.#isTokenReady = true
    }
    const token = this.#queue.first()
    this.comments.collect(token)
    return token
  }

  skip(): void {
    this.#isTokenReady = false
    this.#queue.shift()
  }

  #needsMore(): boolean {
    if (this.#queue.length <= 2) return true
    const key = this.#keys.first()
    return key !== undefined && key.tokenNumber === this.#queue.taken
  }

  #fetch(): void {
    const cursor = this.#cursor
    const queue = this.#queue
    const most = this.#bound.exceededBy(queue.length / TOKENS_A_NODE)
    if (most !== undefined) this.#failTooLarge(most * TOKENS_A_NODE)
    const scanStart = cursor.mark()
    this.#skipToNextToken(scanStart)
    cursor.checkEnd(MAX_INDICATOR_LENGTH)
    const { column } = cursor
    if (this.#indent > column) this.#unrollIndent(column, scanStart)
    const code = cursor.code()
    if (code === END) {
      this.#fetchStreamEnd()
      return
    }
    if (column === 1 && this.#fetchAtLineStart(code)) return
    const atSeparator = this.#flowLevel === 0 ? code === COLON : code === COMMA
    // A comment after a `:` or a `,` belongs to the token before it.
    const commentOffset = atSeparator ? queue.last().offset : cursor.offset
    this.#fetchToken(code)
    // A comment after `-` is the head comment of the next node.
    if (queue.last().type !== Token.blockEntry) scanLineComment(cursor, this.comments, commentOffset)
  }

  #fetchAtLineStart(code: number): boolean {
    const isDirective = code === PERCENT
    if (!isDirective && !atDocumentMarker(this.#cursor)) return false
    this.#unrollIndent(-1, this.#cursor.mark())
    this.#keys.remove()
    this.#keys.isAllowed = false
    if (isDirective) this.#queue.push(scanDirective(this.#cursor))
    else this.#pushIndicator(code === DASH ? Token.documentStart : Token.documentEnd, 3)
    return true
  }

  #fetchToken(code: number): void {
    switch (code) {
      case LEFT_BRACKET:
        return this.#fetchFlowStart(Token.flowSequenceStart)
      case LEFT_BRACE:
        return this.#fetchFlowStart(Token.flowMappingStart)
      case RIGHT_BRACKET:
        return this.#fetchFlowEnd(Token.flowSequenceEnd)
      case RIGHT_BRACE:
        return this.#fetchFlowEnd(Token.flowMappingEnd)
      case COMMA:
        return this.#fetchFlowEntry()
      case ASTERISK:
        return this.#pushKeyable(() => scanAnchor(this.#cursor, Token.alias))
      case AMPERSAND:
        return this.#pushKeyable(() => scanAnchor(this.#cursor, Token.anchor))
      case BANG:
        return this.#pushKeyable(() => scanTag(this.#cursor))
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE:
        return this.#pushKeyable(() => scanQuoted(this.#cursor))
      case PIPE:
      case GREATER:
        if (this.#flowLevel === 0) return this.#fetchBlockScalar()
        break
      case DASH:
      case QUESTION:
      case COLON:
        if (this.#fetchBlockIndicator(code)) return
        break
      default:
        if (!isIndicator(code) && code !== TAB) return this.#fetchPlain()
    }
    this.#fail(
      'found character that cannot start any token',
      'while scanning for the next token',
      this.#cursor.mark(),
    )
  }

  /** Fetches a token at `-`, `?` or `:`: an indicator if white space follows, otherwise a plain scalar. */
  #fetchBlockIndicator(code: number): boolean {
    const isAlone = isBlankBreakOrEnd(this.#cursor.code(1))
    const isMark = this.#flowLevel > 0 && this.#cursor.edition.hasStrictFlow
    if (code === DASH && isAlone) this.#fetchBlockEntry()
    else if (code === QUESTION && (isAlone || isMark)) this.#fetchKey()
    else if (code === COLON && (isAlone || isMark || (this.#flowLevel > 0 && !this.#isAtFlowItem())))
      this.#fetchValue()
    else this.#fetchPlain()
    return true
  }

  /** Whether an item can begin after the previous token: there, `:x` is a plain scalar even in a flow collection. */
  #isAtFlowItem(): boolean {
    const { type } = this.#queue.last()
    return type === Token.flowEntry || type === Token.flowSequenceStart
  }

  #fetchStreamEnd(): void {
    const cursor = this.#cursor
    const at =
      cursor.column === 1 ? cursor.mark() : { offset: cursor.offset, line: cursor.line + 1, column: 1 }
    this.#unrollIndent(-1, at)
    this.#keys.remove(at)
    this.#keys.reset()
    this.#queue.push(new ScannedToken(Token.streamEnd, at, at.offset))
  }

  #fetchFlowStart(type: TokenType): void {
    this.#keys.save(this.#flowLevel, this.#indent, this.#queue.nextNumber)
    this.#flowLevel++
    this.#checkDepth(this.#flowLevel, 'while increasing flow level')
    this.#keys.enterFlow()
    this.#keys.isAllowed = true
    this.#pushIndicator(type)
  }

  #fetchFlowEnd(type: TokenType): void {
    this.#keys.remove()
    if (this.#flowLevel > 0) {
      this.#flowLevel--
      this.#keys.leaveFlow(this.#flowLevel)
    }
    this.#keys.isAllowed = false
    this.#pushIndicator(type)
  }

  #fetchFlowEntry(): void {
    this.#keys.remove()
    this.#keys.isAllowed = true
    this.#pushIndicator(Token.flowEntry)
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keys.isAllowed) this.#fail('block sequence entries are not allowed in this context')
      this.#rollIndent(Token.blockSequenceStart, this.#cursor.mark())
    }
    this.#keys.remove()
    this.#keys.isAllowed = true
    this.#pushIndicator(Token.blockEntry)
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#keys.isAllowed) this.#fail('mapping keys are not allowed in this context')
      this.#rollIndent(Token.blockMappingStart, this.#cursor.mark())
    }
    this.#keys.remove()
    this.#keys.isAllowed = this.#flowLevel === 0
    this.#pushIndicator(Token.key)
  }

  #fetchValue(): void {
    const key = this.#keys.take(this.#cursor.line)
    if (key !== undefined) {
      const position = key.tokenNumber - this.#queue.taken
      this.#queue.insert(position, new ScannedToken(Token.key, key.mark, key.mark.offset))
      this.#rollIndent(Token.blockMappingStart, key.mark, position)
      this.#keys.isAllowed = false
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#keys.isAllowed) this.#fail('mapping values are not allowed in this context')
        this.#rollIndent(Token.blockMappingStart, this.#cursor.mark())
      }
      this.#keys.isAllowed = this.#flowLevel === 0
    }
    this.#pushIndicator(Token.value)
  }

  #fetchBlockScalar(): void {
    this.#keys.remove()
    this.#keys.isAllowed = true
    this.#queue.push(scanBlockScalar(this.#cursor, this.comments, this.#indent))
  }

  #fetchPlain(): void {
    this.#keys.save(this.#flowLevel, this.#indent, this.#queue.nextNumber)
    this.#keys.isAllowed = false
    const token = scanPlain(this.#cursor, this.#indent, this.#flowLevel > 0)
    this.#queue.push(token)
    // The scalar's scan has skipped a line break.
    if (this.#cursor.breaks > 0 && this.#cursor.offset > token.offset) this.#keys.isAllowed = true
  }

  /** Pushes a token that may be or start a simple key (one without `?`). */
  #pushKeyable(scan: () => ScannedToken): void {
    this.#keys.save(this.#flowLevel, this.#indent, this.#queue.nextNumber)
    this.#keys.isAllowed = false
    this.#queue.push(scan())
  }

  #pushIndicator(type: TokenType, length = 1): void {
    const start = this.#cursor.mark()
    this.#cursor.skip(length)
    this.#queue.push(new ScannedToken(type, start, this.#cursor.offset))
  }

  /** Opens a block at `mark` if it is indented more than the current one. */
  #rollIndent(type: TokenType, mark: Mark, position?: number): void {
    if (this.#flowLevel > 0 || this.#indent >= mark.column) return
    this.#indents.push(this.#indent)
    this.#indent = mark.column
    this.#checkDepth(this.#indents.length, 'while increasing indent level')
    const token = new ScannedToken(type, mark, mark.offset)
    if (position === undefined) this.#queue.push(token)
    else this.#queue.insert(position, token)
  }

  /** Closes the blocks that are indented more than `column`, each before the comments that are at its own column. */
  #unrollIndent(column: number, scanStart: Mark): void {
    if (this.#flowLevel > 0) return
    let mark: Mark = { ...scanStart, offset: scanStart.offset - 1 }
    while (this.#indent > column) {
      mark = this.comments.placeBlockEnd(mark, this.#indent)
      this.#queue.push(new ScannedToken(Token.blockEnd, mark, mark.offset))
      this.#indent = this.#indents.pop() ?? -1
    }
  }

  #checkDepth(depth: number, context: string): void {
    if (depth <= MAX_DEPTH) return
    this.#cursor.fail({
      stage: 'scanner',
      message: `exceeded max depth of ${MAX_DEPTH}`,
      at: this.#cursor.mark(),
      context,
      contextAt: this.#keys.current.mark,
      code: 'limit-exceeded',
    })
  }

  #skipToNextToken(scanStart: Mark): void {
    const cursor = this.#cursor
    for (;;) {
      this.#skipBlanks()
      this.#turnLineCommentIntoHead()
      if (cursor.code() === HASH) {
        scanOwnLineComments(cursor, this.comments, scanStart.offset, {
          previous: this.#queue.last(),
          beforePrevious: this.#queue.beforeLast(),
          indent: this.#indent,
          inFlow: this.#flowLevel > 0,
          scanLine: scanStart.line,
        })
      }
      if (!isBreak(cursor.code())) return
      cursor.readBreak()
      if (this.#flowLevel === 0) this.#keys.isAllowed = true
    }
  }

  /** Skips blanks. A tab is not allowed where a block could begin. */
  #skipBlanks(): void {
    const cursor = this.#cursor
    if (this.#flowLevel > 0 || !this.#keys.isAllowed) {
      cursor.skipBlanks()
      return
    }
    while (cursor.code() === SPACE) cursor.skipBlank()
  }

  /** `key: # comment` above a block sequence is the head comment of the first item. */
  #turnLineCommentIntoHead(): void {
    const comment = this.comments.last()
    if (comment === undefined || comment.line === '') return
    const cursor = this.#cursor
    const queue = this.#queue
    const opensSequence =
      queue.beforeLast()?.type === Token.blockSequenceStart && queue.last().type === Token.blockEntry
    if (!opensSequence || isBreak(cursor.code())) return
    comment.head = comment.line
    comment.line = ''
    if (comment.start.line === cursor.line - 1) comment.tokenOffset = cursor.offset
  }

  #failTooLarge(most: number): never {
    const message = `a flow collection has more than ${most} tokens`
    return this.#cursor.fail({ stage: 'scanner', message, at: this.#queue.first(), code: 'limit-exceeded' })
  }

  #fail(message: string, context?: string, contextAt?: Mark): never {
    return this.#cursor.fail({ stage: 'scanner', message, at: this.#cursor.mark(), context, contextAt })
  }
}
