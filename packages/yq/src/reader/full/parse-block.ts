import type { Mark } from './cursor.ts'
import type { Parser, State } from './parser.ts'
import { type ScannedToken, Token, type TokenType } from './token.ts'

/** Tokens that end a key or value: where no node comes before them, it is empty. */
const ENDS_PART: ReadonlySet<TokenType> = new Set([Token.key, Token.value, Token.blockEnd])
const ENDS_INDENTLESS_ITEM: ReadonlySet<TokenType> = new Set([...ENDS_PART, Token.blockEntry])
const ENDS_ITEM: ReadonlySet<TokenType> = new Set([Token.blockEntry, Token.blockEnd])

export function parseFirstBlockEntry(parser: Parser): void {
  parser.enterCollection()
  parseBlockEntry(parser)
}

function parseBlockEntry(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.blockEntry) {
    parseEntry(parser, token, ENDS_ITEM, parseBlockEntry)
  } else if (token.type === Token.blockEnd) {
    parser.leaveCollection()
    parser.composer.endSequence(token)
    parser.scanner.skip()
  } else {
    parser.failInCollection("did not find expected '-' indicator", token, 'while parsing a block collection')
  }
}

export function parseIndentlessEntry(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.blockEntry) {
    parseEntry(parser, token, ENDS_INDENTLESS_ITEM, parseIndentlessEntry)
  } else {
    parser.leave()
    parser.composer.endSequence(token)
  }
}

function parseEntry(parser: Parser, entry: ScannedToken, ends: ReadonlySet<TokenType>, next: State): void {
  parser.composer.setIndicator(entry.offset)
  const { comments } = parser.scanner
  const headLength = comments.head.length
  parser.scanner.skip()
  const token = parser.scanner.peek()
  // A comment above the `-` of a block collection belongs to the collection as a whole.
  const opensBlock = token.type === Token.blockSequenceStart || token.type === Token.blockMappingStart
  if (headLength > 0 && opensBlock) comments.splitStem(headLength)
  parseOrEmpty(parser, ends.has(token.type), entry.after(), next, false)
}

/** Parses a node of a block collection, or adds an empty one at `mark`, and continues with `next`. */
function parseOrEmpty(
  parser: Parser,
  isEmpty: boolean,
  mark: Mark,
  next: State,
  allowsIndentless: boolean,
): void {
  if (isEmpty) {
    parser.state = next
    parser.composer.addEmpty(mark)
  } else {
    parser.states.push(next)
    parser.grammar.parseNode(parser, true, allowsIndentless)
  }
}

export function parseFirstBlockKey(parser: Parser): void {
  parser.enterCollection()
  parseBlockKey(parser)
}

function parseBlockKey(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.key) {
    parser.composer.setIndicator(token.offset)
    parser.scanner.skip()
    const isEmpty = ENDS_PART.has(parser.scanner.peek().type)
    parseOrEmpty(parser, isEmpty, token.after(), parseBlockValue, true)
  } else if (token.type === Token.blockEnd) {
    parser.leaveCollection()
    parser.composer.endMapping(token, true)
    parser.scanner.skip()
  } else {
    parser.failInCollection('did not find expected key', token, 'while parsing a block mapping')
  }
}

function parseBlockValue(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type !== Token.value) {
    parser.state = parseBlockKey
    parser.composer.addEmpty(token)
    return
  }
  parser.composer.setIndicator(token.offset)
  parser.scanner.skip()
  const isEmpty = ENDS_PART.has(parser.scanner.peek().type)
  parseOrEmpty(parser, isEmpty, token.after(), parseBlockKey, true)
}
