import { isHeld, onHold } from './hold-signals.ts'
import { killRunningProcesses } from './start-process.ts'
import { removeTemporaryFolders } from './temporary/temporary-folder.ts'

const STATUS = new Map<NodeJS.Signals, number>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])

let isWanted = false
let isListening = false

/** Process 1 of a container receives only the signals that it has listeners for. */
const IS_FIRST = process.pid === 1

function end(signal: NodeJS.Signals): void {
  killRunningProcesses()
  removeTemporaryFolders()
  process.exit(STATUS.get(signal) ?? 1)
}

/** A listener delays the signal until the event loop is free, so it is added only while signals are held, or as process 1. */
function adjust(): void {
  const wants = isWanted && (IS_FIRST || isHeld())
  if (wants === isListening) return
  isListening = wants
  for (const name of STATUS.keys()) {
    if (wants) process.on(name, end)
    else process.off(name, end)
  }
}

/**
 * Ends the process at once on Ctrl-C and SIGTERM, even while it is busy: the operating system ends it, child processes end with
 * their pipe (`startProcess`), and the guard removes temporary folders. While signals are held (`holdSignals`), the process first
 * finishes its step and then exits with 128 + the signal's number, as a shell reports it. Returns a function that stops listening.
 */
export function endOnSignals(): () => void {
  isWanted = true
  onHold(adjust)
  adjust()
  return () => {
    isWanted = false
    adjust()
  }
}
