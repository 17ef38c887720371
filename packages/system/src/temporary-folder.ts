import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { writeFault } from './system-fault.ts'

/** A private folder of this process (mode 0700) that is gone when disposed, or when the process ends. */
export interface TemporaryFolder {
  /** Its real path: no symbolic link stands in it. */
  readonly path: string
  dispose(): Promise<void>
}

const live = new Set<string>()
let registered = false

/**
 * Makes a private temporary folder. It is removed on `dispose`, and at the latest when the process exits by
 * itself; a program that ends by a signal calls `removeTemporaryFolders` first.
 */
export async function makeTemporaryFolder(purpose: string): Promise<TemporaryFolder> {
  if (!registered) {
    registered = true
    process.once('exit', removeTemporaryFolders)
  }
  const parent = tmpdir()
  try {
    // In one go: a signal that comes between making and noting a folder would leave it behind. Its mode is 0700.
    const path = realpathSync(mkdtempSync(join(parent, `overlay-render-${purpose}-`)))
    live.add(path)
    return {
      path,
      async dispose() {
        await rm(path, { recursive: true, force: true, maxRetries: 3 })
        live.delete(path)
      },
    }
  } catch (error) {
    throw writeFault(error, parent)
  }
}

/** Removes every temporary folder that is still alive, synchronously, for use in a signal handler. */
export function removeTemporaryFolders(): void {
  for (const path of live) {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    live.delete(path)
  }
}
