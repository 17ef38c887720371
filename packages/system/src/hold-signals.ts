let holders = 0
let onChange = (): void => undefined

/** Whether a signal must wait now. */
export function isHeld(): boolean {
  return holders > 0
}

/** Sets the listener that is called whenever `isHeld` may have changed. */
export function onHold(listener: () => void): void {
  onChange = listener
}

/**
 * Defers signals until the returned function is called, so that a step (of an apply) can finish and be reported. Without
 * it a signal ends the process at once.
 */
export function holdSignals(): () => void {
  holders++
  onChange()
  let isReleased = false
  return () => {
    if (isReleased) return
    isReleased = true
    // A signal that arrived meanwhile is delivered in the next turn of the event loop, and only to listeners.
    setImmediate(() =>
      setImmediate(() => {
        holders--
        onChange()
      }),
    )
  }
}
