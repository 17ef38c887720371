export { once } from './once.ts'
export { cryptography } from './cryptography.ts'
export {
  type Blame,
  editDistance,
  Fault,
  type FaultOptions,
  formatPosition,
  listSome,
  nearestNames,
  type Position,
  positionAt,
  positionsIn,
  renderCaret,
  findForeignEncoding,
  findTextProblem,
  isUtf16,
  printable,
  printableLines,
  type TextProblem,
} from '@overlay-render/faults'
export { type EntryKind, NOT_A_FILE } from './entry-kind.ts'
export { type Finding, findingData, type FindingData, placeData, type Severity } from './finding.ts'
export { findProgram, programName } from './find-program.ts'
export { changedFiles } from './git/changed-files.ts'
export { isEncrypted, lfsDigest } from './git/lfs-content.ts'
export { mayConvertFiles } from './git/checked-out-files.ts'
export { fetchCommit, type FetchCommitOptions } from './git/fetch-commit.ts'
export { type FetchOptions, fetchRemote, type RemoteResponse } from './http/fetch-remote.ts'
export { type HttpResponse, type HttpRequest, HttpClient } from './http/http-client.ts'
export type { RemoteRules } from './http/remote-rules.ts'
export { refState } from './git/ref-state.ts'
export { type ObjectCache, RevisionTree } from './git/revision-tree.ts'
export { type TreeEntry, TreeListing } from './git/tree-listing.ts'
export { findRepository, type RepositoryLocation } from './git/find-repository.ts'
export {
  type GitCommand,
  type GitOptions,
  type GitRepository,
  openRepository,
} from './git/open-repository.ts'
export { readBytes, readPlainFile } from './read-file.ts'
export { type ProcessResult, runProcess, type RunOptions, throwIfAborted } from './run-process.ts'
export {
  defaultMemoryLimit,
  killRunningProcesses,
  type ProcessEnd,
  type RunningProcess,
  startProcess,
  type StartOptions,
} from './start-process.ts'
export { holdSignals } from './hold-signals.ts'
export { endOnSignals } from './signals.ts'
export { withinTime } from './time-limit.ts'
export { type BoundedWorker, openWorker, type WorkerLimits } from './worker/bounded-worker.ts'
export { errnoOf, type SystemCode, SystemFault, withWriteFault, writeFault } from './system-fault.ts'
export {
  makeTemporaryFolder,
  prepareTemporaryFolders,
  removeTemporaryFolders,
  type TemporaryFolder,
  type TemporaryOptions,
} from './temporary/temporary-folder.ts'
export { type AtomicWriteOptions, writeAtomically } from './write/atomic-write.ts'
export { makeOutputFolder } from './write/output-folder.ts'
export type { OutputOptions } from './write/output-path.ts'
export { type FileStamp, readOutput, removeStamped, stampOf } from './write/own-file.ts'
export { removeEmptyFolder, removeFile } from './write/remove-file.ts'
export { writeTo } from './write/write-to.ts'
export { isAsciiText } from './ascii-text.ts'
export { groupBy } from './group-by.ts'
export { alignTable } from './align-table.ts'
export { displayWidth, padToWidth, shortenToWidth } from './text-width.ts'
export { type LineRange, lineRanges, type WrapOptions, wrapToWidth } from './wrap-text.ts'
export * from './tree/index.ts'
