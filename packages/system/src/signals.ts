import { killRunningProcesses } from './start-process.ts'
import { removeTemporaryFolders } from './temporary/temporary-folder.ts'

const STATUS = new Map<NodeJS.Signals, number>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])

let listening = false
let isBusy = false

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

/** The kernel gives the first process of a container no signal that it has no listener for. */
const IS_FIRST = process.pid === 1

/**
 * Does work that may keep this thread busy for long: an evaluation, a comparison. No listener is heard meanwhile, so a signal
 * gets back the system's own action and ends the process on the spot. What runs ends with it, and its stages are removed (see
 * `startProcess`).
 */
export function interruptible<Result>(work: () => Result): Result {
  if (!listening || isBusy || IS_FIRST) return work()
  isBusy = true
  stopListening()
  try {
    return work()
  } finally {
    isBusy = false
    listen()
  }
}
