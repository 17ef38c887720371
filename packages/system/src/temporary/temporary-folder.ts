import { mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { HAS_GUARD, MEMORY, startGuard } from './guard.ts'
import { holdSignals } from '../hold-signals.ts'
import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { sweepTemporaryFolders, temporaryName } from './sweep.ts'

/** A private folder of this process (mode 0700) that is gone when disposed, or when the process ends. */
export interface TemporaryFolder {
  /** Its real path: no symbolic link is in it. */
  readonly path: string
  dispose(): Promise<void>
}

export interface TemporaryOptions {
  /** Puts the folder into memory where the system has a file system for that and this many bytes are free in it. */
  readonly memory?: number | undefined
}

const live = new Set<string>()
const swept = new Set<string>()
let registered = false

/**
 * Makes a private temporary folder. It is removed on `dispose`, and at the latest when the process ends, killed or not. What is left
 * all the same, after the machine went down, is removed by the next process that makes one.
 *
 * @throws SystemFault `not-writable` or `disk-full`
 */
export async function makeTemporaryFolder(
  purpose: string,
  { memory }: TemporaryOptions = {},
): Promise<TemporaryFolder> {
  if (!registered) {
    registered = true
    process.once('exit', removeTemporaryFolders)
  }
  for (const place of [MEMORY, tmpdir()]) sweepOnce(place)
  startGuard()
  const inMemory = memory !== undefined && hasRoom(memory) ? makeFolder(MEMORY, purpose) : undefined
  if (inMemory !== undefined && !(inMemory instanceof SystemFault)) return inMemory
  const made = makeFolder(tmpdir(), purpose)
  if (made instanceof SystemFault) throw made
  return made
}

function makeFolder(parent: string, purpose: string): TemporaryFolder | SystemFault {
  try {
    // In one go: a signal that comes between making and noting a folder would leave it. Its mode is 0700.
    const path = realpathSync(mkdtempSync(join(parent, temporaryName(purpose))))
    live.add(path)
    const release = HAS_GUARD ? undefined : holdSignals()
    return {
      path,
      async dispose() {
        // Not in the background: for hundreds of small files that takes three times as long.
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
      hint: 'make it, or set TMPDIR to a folder that can be written',
      cause: error,
    })
  }
}

const TMPFS = 0x01021994
const RAMFS = 0x858458f6

function hasRoom(bytes: number): boolean {
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

/** Removes every temporary folder that is still alive, synchronously, for use in a signal handler. */
export function removeTemporaryFolders(): void {
  for (const path of live) {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    live.delete(path)
  }
}
