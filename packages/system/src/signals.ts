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

/** The kernel gives the first process of a container no signal that it has no listener for. */
const IS_FIRST = process.pid === 1

function end(signal: NodeJS.Signals): void {
  killRunningProcesses()
  removeTemporaryFolders()
  process.exit(STATUS.get(signal) ?? 1)
}

/** A listener waits for the event loop, so there is one only while there is something to finish, or no other way. */
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
 * Ends the process at once on Ctrl-C and SIGTERM, however busy it is: the system does that by itself, what runs ends with its pipe
 * (`startProcess`), and temporary folders are removed by their guard. While something is held (`holdSignals`) the process finishes that
 * first and ends with the status that a shell has for the signal, 130 or 143. Returns how to stop listening.
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
