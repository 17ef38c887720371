import { HASH, isBreak, SPACE } from '../characters.ts'
import type { Mark } from './cursor.ts'
import { scanOwnLineComments } from './scan-comments.ts'
import type { ScannerState } from './scanner-state.ts'
import { Token } from './token.ts'

/** Skips blanks, comments and line breaks. The comments are kept with the tokens around them. */
export function skipToNextToken(state: ScannerState, scanStart: Mark): void {
  const { cursor } = state
  for (;;) {
    skipBlanks(state)
    turnLineCommentIntoHead(state)
    if (cursor.code() === HASH) {
      scanOwnLineComments(cursor, state.comments, scanStart.offset, {
        previous: state.queue.last(),
        beforePrevious: state.queue.beforeLast(),
        indent: state.indent,
        inFlow: state.flowLevel > 0,
        scanLine: scanStart.line,
      })
    }
    if (!isBreak(cursor.code())) return
    cursor.readBreak()
    if (state.flowLevel === 0) state.keys.isAllowed = true
  }
}

/** Skips blanks. A tab is not allowed where a block could begin. */
function skipBlanks(state: ScannerState): void {
  const { cursor } = state
  if (state.flowLevel > 0 || !state.keys.isAllowed) {
    cursor.skipBlanks()
    return
  }
  while (cursor.code() === SPACE) cursor.skipBlank()
}

/** `key: # comment` above a block sequence is the head comment of the first item. */
function turnLineCommentIntoHead(state: ScannerState): void {
  const comment = state.comments.last()
  if (comment === undefined || comment.line === '') return
  const { cursor, queue } = state
  const opensSequence =
    queue.beforeLast()?.type === Token.blockSequenceStart && queue.last().type === Token.blockEntry
  if (!opensSequence || isBreak(cursor.code())) return
  comment.head = comment.line
  comment.line = ''
  if (comment.start.line === cursor.line - 1) comment.tokenOffset = cursor.offset
}
