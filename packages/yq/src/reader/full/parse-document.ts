import type { Grammar, Parser } from './parser.ts'
import { parseBlockNode, parseNode } from './parse-node.ts'
import { type ScannedToken, Token, type TokenType } from './token.ts'

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

export function startStream(parser: Parser): void {
  parser.scanner.peek()
  parser.scanner.skip()
  parser.state = startFirstDocument
}

function startFirstDocument(parser: Parser): void {
  const token = parser.edition.skipsLeadingEnds ? peekAfterDocumentEnds(parser) : parser.scanner.peek()
  if (STARTS_EXPLICIT_DOCUMENT.has(token.type)) {
    startExplicitDocument(parser, token)
    return
  }
  parser.handles.addDefaults()
  parser.states.push(endDocument)
  parser.state = parseBlockNode
  parser.composer.startDocument(takeDocumentHead(parser))
}

export function startDocument(parser: Parser): void {
  startExplicitDocument(parser, peekAfterDocumentEnds(parser))
}

function peekAfterDocumentEnds(parser: Parser): ScannedToken {
  let token = parser.scanner.peek()
  while (token.type === Token.documentEnd) {
    parser.scanner.skip()
    token = parser.scanner.peek()
  }
  return token
}

/** Takes the part of the comment above the first node that belongs to the document: up to its last blank line. */
function takeDocumentHead(parser: Parser): string {
  const { comments } = parser.scanner
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

function startExplicitDocument(parser: Parser, first: ScannedToken): void {
  if (first.type === Token.streamEnd) {
    parser.isStreamDone = true
    return
  }
  parseDirectives(parser)
  const token = parser.scanner.peek()
  if (token.type !== Token.documentStart) parser.fail('did not find expected <document start>', token)
  parser.states.push(endDocument)
  parser.state = parseDocumentContent
  parser.composer.startDocument('')
  parser.scanner.skip()
}

function parseDirectives(parser: Parser): void {
  let hasVersion = false
  for (let token = parser.scanner.peek(); ; token = parser.scanner.peek()) {
    if (token.type === Token.versionDirective) {
      if (hasVersion) parser.fail('found duplicate %YAML directive', token)
      if (token.value !== '1.1') parser.fail('found incompatible YAML document', token)
      hasVersion = true
    } else if (token.type === Token.tagDirective) {
      parser.handles.add(token)
    } else {
      break
    }
    parser.scanner.skip()
  }
  parser.handles.addDefaults()
}

function parseDocumentContent(parser: Parser): void {
  const token = parser.scanner.peek()
  if (!ENDS_DOCUMENT.has(token.type)) {
    parseNode(parser, true, false)
    return
  }
  parser.leave()
  parser.composer.addEmpty(token)
}

function endDocument(parser: Parser): void {
  const token = parser.scanner.peek()
  if (token.type === Token.documentEnd) parser.scanner.skip()
  parser.handles.clear()
  parser.state = startDocument
  parser.isDocumentDone = true
  const { comments } = parser.scanner
  parser.composer.endDocument(comments.foot === '' ? comments.head : comments.foot)
  comments.clear()
}

/** The grammar of YAML, from the start of a stream. */
export const GRAMMAR: Grammar = { startStream, startDocument, parseNode }
