import { killRunningProcesses } from './start-process.ts'
import { removeTemporaryFolders } from './temporary/temporary-folder.ts'

const STATUS = new Map<NodeJS.Signals, number>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])

let listening = false

function end(signal: NodeJS.Signals): void {
  killRunningProcesses()
  removeTemporaryFolders()
  process.exit(STATUS.get(signal) ?? 1)
}

function listen(): void {
  for (const name of STATUS.keys()) process.on(name, end)
}

function stopListening(): void {
  for (const name of STATUS.keys()) process.off(name, end)
}

/**
 * Ends the process at once on Ctrl-C and SIGTERM: children are killed with their groups, stages are removed, and the
 * exit status is 130 or 143. Writes are atomic, so nothing half written is left. Returns how to stop listening.
 */
export function endOnSignals(): () => void {
  listening = true
  listen()
  return () => {
    listening = false
    stopListening()
  }
}

/**
 * Does work that may keep this thread busy for long: an evaluation, a comparison. No listener is heard meanwhile, so a signal
 * gets back the system's own action and ends the process on the spot. What runs ends with it (see `startProcess`), and the next run
 * removes its stages.
 */
export function interruptible<Result>(work: () => Result): Result {
  if (!listening) return work()
  stopListening()
  try {
    return work()
  } finally {
    listen()
  }
}
