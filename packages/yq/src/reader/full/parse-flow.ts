import type { Parser } from './parser.ts'
import { type ScannedToken, Token, type TokenType } from './token.ts'

export function parseFirstFlowItem(parser: Parser): void {
  parser.enterCollection()
  parseFlowItemAt(parser, parser.scanner.peek())
}

function parseFlowItem(parser: Parser): void {
  parseFlowItemAt(
    parser,
    peekAfterComma(parser, Token.flowSequenceEnd, "',' or ']'", 'while parsing a flow sequence'),
  )
}

function parseFlowItemAt(parser: Parser, token: ScannedToken): void {
  if (token.type === Token.key) {
    // `[a: b]`: an item that is a mapping of one pair.
    parser.state = parseFlowPairKey
    parser.composer.startPair(token)
    parser.scanner.skip()
  } else if (token.type === Token.flowSequenceEnd) {
    parser.leaveCollection()
    parser.composer.endSequence(token, true)
    parser.scanner.skip()
  } else {
    parser.states.push(parseFlowItem)
    parser.grammar.parseNode(parser, false, false)
  }
}

function parseFlowPairKey(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.value || token.type === Token.flowEntry || token.type === Token.flowSequenceEnd) {
    const mark = token.after()
    parser.scanner.skip()
    parser.state = parseFlowPairValue
    parser.composer.addEmpty(mark)
  } else {
    parser.states.push(parseFlowPairValue)
    parser.grammar.parseNode(parser, false, false)
  }
}

function parseFlowPairValue(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.value) {
    parser.scanner.skip()
    const { type } = parser.scanner.peek()
    if (type !== Token.flowEntry && type !== Token.flowSequenceEnd) {
      parser.states.push(endFlowPair)
      parser.grammar.parseNode(parser, false, false)
      return
    }
  }
  parser.state = endFlowPair
  parser.composer.addEmpty(token)
}

function endFlowPair(parser: Parser): void {
  const token = parser.scanner.peek()
  parser.state = parseFlowItem
  parser.composer.endMapping(token, false)
}

export function parseFirstFlowKey(parser: Parser): void {
  parser.enterCollection()
  parseFlowKeyAt(parser, parser.scanner.peek())
}

function parseFlowKey(parser: Parser): void {
  parseFlowKeyAt(
    parser,
    peekAfterComma(parser, Token.flowMappingEnd, "',' or '}'", 'while parsing a flow mapping'),
  )
}

function parseFlowKeyAt(parser: Parser, token: ScannedToken): void {
  if (token.type === Token.key) {
    parser.scanner.skip()
    parseKeyAfterMark(parser)
  } else if (token.type === Token.flowMappingEnd) {
    parser.leaveCollection()
    parser.composer.endMapping(token, true)
    parser.scanner.skip()
  } else {
    parser.states.push(parseMissingFlowValue)
    parser.grammar.parseNode(parser, false, false)
  }
}

/** Parses a key after its key token (a `?`, or the start of an implicit key). */
function parseKeyAfterMark(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.value || token.type === Token.flowEntry || token.type === Token.flowMappingEnd) {
    parser.state = parseFlowValue
    parser.composer.addEmpty(token)
  } else {
    parser.states.push(parseFlowValue)
    parser.grammar.parseNode(parser, false, false)
  }
}

function parseFlowValue(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.value) {
    parser.scanner.skip()
    const { type } = parser.scanner.peek()
    if (type !== Token.flowEntry && type !== Token.flowMappingEnd) {
      parser.states.push(parseFlowKey)
      parser.grammar.parseNode(parser, false, false)
      return
    }
  }
  parser.state = parseFlowKey
  parser.composer.addEmpty(token)
}

/** Adds the empty value of `{a}`. */
function parseMissingFlowValue(parser: Parser): void {
  const token = parser.scanner.peek()
  parser.state = parseFlowKey
  parser.composer.addEmpty(token)
}

/** Skips the comma between entries of a flow collection, and returns the token after it, or the end token. */
function peekAfterComma(parser: Parser, end: TokenType, expected: string, context: string): ScannedToken {
  const token = parser.scanner.peek()
  if (token.type === end) return token
  if (token.type !== Token.flowEntry)
    parser.failInCollection(`did not find expected ${expected}`, token, context)
  parser.scanner.skip()
  return parser.scanner.peek()
}
