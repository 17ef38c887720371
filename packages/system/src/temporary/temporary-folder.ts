import { mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { HAS_GUARD, MEMORY, startGuard } from './guard.ts'
import { holdSignals } from '../hold-signals.ts'
import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { sweepTemporaryFolders, temporaryName } from './sweep.ts'

/** A private folder of this process (mode 0700), removed on `dispose` or when the process ends. */
export interface TemporaryFolder {
  /** The real path, without symbolic links. */
  readonly path: string
  dispose(): Promise<void>
}

export interface TemporaryOptions {
  /** Creates the folder in memory if an in-memory file system has this many free bytes. */
  readonly memory?: number | undefined
}

const live = new Set<string>()
const swept = new Set<string>()
let registered = false

/**
 * Creates a private temporary folder. It is removed on `dispose`, or when the process ends, even by SIGKILL. Folders left by a
 * power failure are removed by the next process that creates one.
 *
 * @throws SystemFault `not-writable` or `disk-full`
 */
export async function makeTemporaryFolder(
  purpose: string,
  { memory }: TemporaryOptions = {},
): Promise<TemporaryFolder> {
  prepareTemporaryFolders()
  const inMemory = memory !== undefined && hasFreeMemory(memory) ? makeFolder(MEMORY, purpose) : undefined
  if (inMemory !== undefined && !(inMemory instanceof SystemFault)) return inMemory
  const made = makeFolder(tmpdir(), purpose)
  if (made instanceof SystemFault) throw made
  return made
}

/** Does what the first temporary folder takes, ahead of it: a process is started. */
export function prepareTemporaryFolders(): void {
  if (!registered) {
    registered = true
    process.once('exit', removeTemporaryFolders)
  }
  for (const parent of [MEMORY, tmpdir()]) sweepOnce(parent)
  startGuard()
}

function makeFolder(parent: string, purpose: string): TemporaryFolder | SystemFault {
  try {
    // Synchronous, so that no signal arrives between creating and recording the folder. `mkdtemp` sets mode 0700.
    const path = realpathSync(mkdtempSync(join(parent, temporaryName(purpose))))
    live.add(path)
    const release = HAS_GUARD ? undefined : holdSignals()
    return {
      path,
      async dispose() {
        // Synchronous: for hundreds of small files the asynchronous function takes three times as long.
        rmSync(path, { recursive: true, force: true, maxRetries: 3 })
        live.delete(path)
        release?.()
      },
    }
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') return writeFault(error, parent)
    return new SystemFault({
      code: 'not-writable',
      message: `the folder for temporary files, ${parent}, does not exist`,
      hint: 'create it, or set TMPDIR to a writable folder',
      cause: error,
    })
  }
}

/** File system types of statfs(2) on Linux. */
const TMPFS = 0x01021994
const RAMFS = 0x858458f6

function hasFreeMemory(bytes: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY)
    return (type === TMPFS || type === RAMFS) && bavail * bsize >= bytes
  } catch {
    return false
  }
}

function sweepOnce(parent: string): void {
  if (swept.has(parent)) return
  swept.add(parent)
  sweepTemporaryFolders(parent)
}

/** Removes every temporary folder that is not disposed yet, synchronously, for use in a signal handler. */
export function removeTemporaryFolders(): void {
  for (const path of live) {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    live.delete(path)
  }
}
