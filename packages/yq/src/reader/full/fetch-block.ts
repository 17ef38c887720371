import { scanBlockScalar } from './scan-block-scalar.ts'
import { scanPlain } from './scan-plain.ts'
import type { ScannerState } from './scanner-state.ts'
import { ScannedToken, Token } from './token.ts'

export function fetchBlockEntry(state: ScannerState): void {
  if (state.flowLevel === 0) {
    if (!state.keys.isAllowed) state.fail('block sequence entries are not allowed in this context')
    state.rollIndent(Token.blockSequenceStart, state.cursor.mark())
  }
  state.keys.remove()
  state.keys.isAllowed = true
  state.pushIndicator(Token.blockEntry)
}

export function fetchKey(state: ScannerState): void {
  if (state.flowLevel === 0) {
    if (!state.keys.isAllowed) state.fail('mapping keys are not allowed in this context')
    state.rollIndent(Token.blockMappingStart, state.cursor.mark())
  }
  state.keys.remove()
  state.keys.isAllowed = state.flowLevel === 0
  state.pushIndicator(Token.key)
}

export function fetchValue(state: ScannerState): void {
  const key = state.keys.take(state.cursor.line)
  if (key !== undefined) {
    const position = key.tokenNumber - state.queue.taken
    state.queue.insert(position, new ScannedToken(Token.key, key.mark, key.mark.offset))
    state.rollIndent(Token.blockMappingStart, key.mark, position)
    state.keys.isAllowed = false
  } else {
    if (state.flowLevel === 0) {
      if (!state.keys.isAllowed) state.fail('mapping values are not allowed in this context')
      state.rollIndent(Token.blockMappingStart, state.cursor.mark())
    }
    state.keys.isAllowed = state.flowLevel === 0
  }
  state.pushIndicator(Token.value)
}

export function fetchBlockScalar(state: ScannerState): void {
  state.keys.remove()
  state.keys.isAllowed = true
  state.queue.push(scanBlockScalar(state.cursor, state.comments, state.indent))
}

export function fetchPlain(state: ScannerState): void {
  state.keys.save(state.flowLevel, state.indent, state.queue.nextNumber)
  state.keys.isAllowed = false
  const token = scanPlain(state.cursor, state.indent, state.flowLevel > 0)
  state.queue.push(token)
  // The scalar's scan has skipped a line break.
  if (state.cursor.breaks > 0 && state.cursor.offset > token.offset) state.keys.isAllowed = true
}
