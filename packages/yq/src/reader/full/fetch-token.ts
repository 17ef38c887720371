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
  isBlankBreakOrEnd,
  isIndicator,
  LEFT_BRACE,
  LEFT_BRACKET,
  PERCENT,
  PIPE,
  QUESTION,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  SINGLE_QUOTE,
  TAB,
} from '../characters.ts'
import { fetchBlockEntry, fetchBlockScalar, fetchKey, fetchPlain, fetchValue } from './fetch-block.ts'
import { fetchFlowEnd, fetchFlowEntry, fetchFlowStart } from './fetch-flow.ts'
import { scanLineComment } from './scan-comments.ts'
import { atDocumentMarker } from './scan-plain.ts'
import { scanQuoted } from './scan-quoted.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts'
import type { ScannerState } from './scanner-state.ts'
import { skipToNextToken } from './skip-to-token.ts'
import { ScannedToken, Token } from './token.ts'

/** Tokens per node, for most nodes. */
const TOKENS_A_NODE = 2

/** Characters needed to recognise a token: `--- `. */
const MAX_INDICATOR_LENGTH = 4

/** Fetches the next token into the queue, with the tokens that open or close blocks before it. */
export function fetchToken(state: ScannerState): void {
  const { cursor, queue } = state
  const most = state.bound.exceededBy(queue.length / TOKENS_A_NODE)
  if (most !== undefined) failTooLarge(state, most * TOKENS_A_NODE)
  const scanStart = cursor.mark()
  skipToNextToken(state, scanStart)
  cursor.checkEnd(MAX_INDICATOR_LENGTH)
  const { column } = cursor
  if (state.indent > column) state.unrollIndent(column, scanStart)
  const code = cursor.code()
  if (code === END) {
    fetchStreamEnd(state)
    return
  }
  if (column === 1 && fetchAtLineStart(state, code)) return
  const atSeparator = state.flowLevel === 0 ? code === COLON : code === COMMA
  // A comment after a `:` or a `,` belongs to the token before it.
  const commentOffset = atSeparator ? queue.last().offset : cursor.offset
  fetchTokenAt(state, code)
  // A comment after `-` is the head comment of the next node.
  if (queue.last().type !== Token.blockEntry) scanLineComment(cursor, state.comments, commentOffset)
}

/** Fetches a directive or document marker at the start of a line, if there is one. */
function fetchAtLineStart(state: ScannerState, code: number): boolean {
  const isDirective = code === PERCENT
  if (!isDirective && !atDocumentMarker(state.cursor)) return false
  state.unrollIndent(-1, state.cursor.mark())
  state.keys.remove()
  state.keys.isAllowed = false
  if (isDirective) state.queue.push(scanDirective(state.cursor))
  else state.pushIndicator(code === DASH ? Token.documentStart : Token.documentEnd, 3)
  return true
}

/** Fetches the token that begins with a character. */
function fetchTokenAt(state: ScannerState, code: number): void {
  switch (code) {
    case LEFT_BRACKET:
      return fetchFlowStart(state, Token.flowSequenceStart)
    case LEFT_BRACE:
      return fetchFlowStart(state, Token.flowMappingStart)
    case RIGHT_BRACKET:
      return fetchFlowEnd(state, Token.flowSequenceEnd)
    case RIGHT_BRACE:
      return fetchFlowEnd(state, Token.flowMappingEnd)
    case COMMA:
      return fetchFlowEntry(state)
    case ASTERISK:
      return state.pushKeyable(() => scanAnchor(state.cursor, Token.alias))
    case AMPERSAND:
      return state.pushKeyable(() => scanAnchor(state.cursor, Token.anchor))
    case BANG:
      return state.pushKeyable(() => scanTag(state.cursor))
    case SINGLE_QUOTE:
    case DOUBLE_QUOTE:
      return state.pushKeyable(() => scanQuoted(state.cursor))
    case PIPE:
    case GREATER:
      if (state.flowLevel === 0) return fetchBlockScalar(state)
      break
    case DASH:
    case QUESTION:
    case COLON:
      return fetchBlockIndicator(state, code)
    default:
      if (!isIndicator(code) && code !== TAB) return fetchPlain(state)
  }
  state.fail(
    'found character that cannot start any token',
    'while scanning for the next token',
    state.cursor.mark(),
  )
}

/** Fetches a token at `-`, `?` or `:`: an indicator if white space follows, otherwise a plain scalar. */
function fetchBlockIndicator(state: ScannerState, code: number): void {
  const isAlone = isBlankBreakOrEnd(state.cursor.code(1))
  const isMark = state.flowLevel > 0 && state.cursor.edition.hasStrictFlow
  if (code === DASH && isAlone) fetchBlockEntry(state)
  else if (code === QUESTION && (isAlone || isMark)) fetchKey(state)
  else if (code === COLON && (isAlone || isMark || (state.flowLevel > 0 && !isAtFlowItem(state))))
    fetchValue(state)
  else fetchPlain(state)
}

/** Whether an item can begin after the previous token: there, `:x` is a plain scalar even in a flow collection. */
function isAtFlowItem(state: ScannerState): boolean {
  const { type } = state.queue.last()
  return type === Token.flowEntry || type === Token.flowSequenceStart
}

function fetchStreamEnd(state: ScannerState): void {
  const { cursor } = state
  const at = cursor.column === 1 ? cursor.mark() : { offset: cursor.offset, line: cursor.line + 1, column: 1 }
  state.unrollIndent(-1, at)
  state.keys.remove(at)
  state.keys.reset()
  state.queue.push(new ScannedToken(Token.streamEnd, at, at.offset))
}

function failTooLarge(state: ScannerState, most: number): never {
  const message = `a flow collection has more than ${most} tokens`
  return state.cursor.fail({ stage: 'scanner', message, at: state.queue.first(), code: 'limit-exceeded' })
}
