import {
  COLON,
  COMMA,
  DASH,
  DOT,
  END,
  HASH,
  isBlankBreakOrEnd,
  isBreak,
  isFlowIndicator,
  QUESTION,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  SPACE,
} from '../characters.ts'
import type { Cursor } from './cursor.ts'
import { fold, skipWhiteSpace } from './fold.ts'
import { ScannedToken, Token } from './token.ts'

/**
 * Scans a plain scalar, and the white space after it.
 *
 * @param indent column of the enclosing block; further lines of the scalar must be indented more, except in a flow
 *   collection
 */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): ScannedToken {
  const start = cursor.mark()
  const { text } = cursor
  const refuseTab = (): void => {
    if (cursor.column > indent) return
    const message = 'found a tab character that violates indentation'
    cursor.fail({
      stage: 'scanner',
      message,
      at: cursor.mark(),
      context: 'while scanning a plain scalar',
      contextAt: start,
    })
  }
  let value = ''
  let from = cursor.offset
  let end = cursor.offset
  let breaks = ''
  // A comment or a document marker can end the scalar only at its start and after white space.
  while (cursor.code() !== HASH && !atDocumentMarker(cursor)) {
    const runEnd = endOfRun(text, cursor.offset, inFlow, inFlow && cursor.edition.hasStrictFlow)
    if (runEnd > cursor.offset) {
      if (breaks !== '') {
        value += text.slice(from, end) + fold(breaks)
        from = cursor.offset
      }
      cursor.skipTo(runEnd)
      end = runEnd
    }
    const code = cursor.code()
    if (code > SPACE && !isBreak(code)) break
    if (code === END) break
    breaks = skipWhiteSpace(cursor, refuseTab)
    if (!inFlow && cursor.column <= indent) break
  }
  return new ScannedToken(Token.scalar, start, end, value + text.slice(from, end))
}

/** The end of the run of characters that are not white space and that a plain scalar may contain. */
function endOfRun(text: string, from: number, inFlow: boolean, isStrict: boolean): number {
  for (let offset = from; ; offset++) {
    const code = text.charCodeAt(offset)
    if (code <= SPACE) return offset
    if (code === COLON) {
      const next = text.charCodeAt(offset + 1)
      if (isBlankBreakOrEnd(next)) return offset
      if (inFlow && !isStrict && (next === COMMA || next === RIGHT_BRACKET || next === RIGHT_BRACE))
        return offset
    } else if (code > 126) {
      if (isBreak(code)) return offset
    } else if (inFlow) {
      if (isFlowIndicator(code)) return offset
      if (code === QUESTION && (isStrict || isBlankBreakOrEnd(text.charCodeAt(offset + 1)))) return offset
    }
  }
}

/** Whether `---` or `...` is at the cursor, at the start of a line and followed by white space or the end. */
export function atDocumentMarker(cursor: Cursor): boolean {
  const code = cursor.code()
  return (
    (code === DASH || code === DOT) &&
    cursor.column === 1 &&
    cursor.code(1) === code &&
    cursor.code(2) === code &&
    isBlankBreakOrEnd(cursor.code(3))
  )
}
