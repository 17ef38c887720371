import type { ScannerState } from './scanner-state.ts'
import { Token, type TokenType } from './token.ts'

export function fetchFlowStart(state: ScannerState, type: TokenType): void {
  state.keys.save(state.flowLevel, state.indent, state.queue.nextNumber)
  state.flowLevel++
  state.checkDepth(state.flowLevel, 'while increasing flow level')
  state.keys.enterFlow()
  state.keys.isAllowed = true
  state.pushIndicator(type)
}

export function fetchFlowEnd(state: ScannerState, type: TokenType): void {
  state.keys.remove()
  if (state.flowLevel > 0) {
    state.flowLevel--
    state.keys.leaveFlow(state.flowLevel)
  }
  state.keys.isAllowed = false
  state.pushIndicator(type)
}

export function fetchFlowEntry(state: ScannerState): void {
  state.keys.remove()
  state.keys.isAllowed = true
  state.pushIndicator(Token.flowEntry)
}
