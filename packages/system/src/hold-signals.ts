let holders = 0
let onChange = (): void => undefined

/** Whether a sudden end would leave something now. */
export function isHeld(): boolean {
  return holders > 0
}

/** Told whenever `isHeld` may have changed. */
export function onHold(listener: () => void): void {
  onChange = listener
}

/**
 * Says that a sudden end would keep something from being said: a step of an apply. Until the returned function is called, a
 * signal waits for the event loop; otherwise it ends the process on the spot.
 */
export function holdSignals(): () => void {
  holders++
  onChange()
  let isReleased = false
  return () => {
    if (isReleased) return
    isReleased = true
    // A signal that came meanwhile is told in the next turn of the loop, and to listeners alone.
    setImmediate(() =>
      setImmediate(() => {
        holders--
        onChange()
      }),
    )
  }
}
