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
} from './characters.ts'
import type { Cursor } from './cursor.ts'
import { fold, passWhiteSpace } from './fold.ts'
import { ScannedToken, Token } from './token.ts'

/**
 * Scans a plain scalar. `indent` is the column of the current block; lines that go on must be right of it
 * unless the scalar is in a flow collection. The cursor ends after the white space that follows.
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
  // Only at its start and after white space can a comment or a document's marker end the scalar.
  while (cursor.code() !== HASH && !atDocumentMarker(cursor)) {
    const runEnd = endOfRun(text, cursor.offset, inFlow, inFlow && cursor.edition.hasStrictFlow)
    if (runEnd > cursor.offset) {
      if (breaks !== '') {
        value += text.slice(from, end) + fold(breaks)
        from = cursor.offset
      }
      cursor.passTo(runEnd)
      end = runEnd
    }
    const code = cursor.code()
    if (code > SPACE && !isBreak(code)) break
    if (code === END) break
    breaks = passWhiteSpace(cursor, refuseTab)
    if (!inFlow && cursor.column <= indent) break
  }
  return new ScannedToken(Token.scalar, start, end, value + text.slice(from, end))
}

/** The end of a run of characters without white space that may be in a plain scalar. */
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

/** Whether the cursor is at the start of a line on `---` or `...`, alone or with white space after. */
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
