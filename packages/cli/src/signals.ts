import { killRunningProcesses, removeTemporaryFolders } from '@overlay-render/system'

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * Ends the run at once on Ctrl-C and SIGTERM: children are killed with their groups, stages are removed, and the
 * exit status is 130 or 143. Writes are atomic, so nothing half written is left. Returns how to stop listening.
 */
export function endOnSignals(): () => void {
  const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]
  const end = (signal: NodeJS.Signals): void => {
    killRunningProcesses()
    removeTemporaryFolders()
    process.exit(signal in SIGNALS ? SIGNALS[signal as keyof typeof SIGNALS] : 1)
  }
  for (const name of names) process.once(name, end)
  return () => {
    for (const name of names) process.off(name, end)
  }
}
