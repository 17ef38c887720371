export { type AtomicWriteOptions, writeAtomically } from './atomic-write.ts'
export { type Blame, Fault, type FaultOptions } from './fault.ts'
export type { Finding, Severity } from './finding.ts'
export { nearestNames } from './nearest.ts'
export { formatPosition, type Position, positionAt, renderCaret } from './position.ts'
export { readBytes } from './read-file.ts'
export {
  killRunningProcesses,
  type ProcessResult,
  runProcess,
  type RunOptions,
  throwIfAborted,
} from './run-process.ts'
export { errnoOf, type SystemCode, SystemFault, writeFault } from './system-fault.ts'
export { makeTemporaryFolder, removeTemporaryFolders, type TemporaryFolder } from './temporary-folder.ts'
