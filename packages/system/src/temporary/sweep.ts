import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { hasEnded, ownOwner } from './owner.ts'

const NAME = /^overlay-render-[a-z]+-(\d+)-(\d+)-(\d+)-[A-Za-z0-9]{6}$/u

/** The name prefix of this process's folders, to which `mkdtemp` adds six characters. */
export function temporaryName(purpose: string): string {
  const { pid, started, namespace } = ownOwner()
  return `overlay-render-${purpose}-${pid}-${started}-${namespace}-`
}

/**
 * Removes the temporary folders in `parent` that killed processes left. It does not touch folders of live processes, of
 * other users or of other PID namespaces, and follows no links. A folder that cannot be removed stays.
 */
export function sweepTemporaryFolders(parent: string): void {
  for (const name of readNames(parent)) {
    const [, pid, started, namespace] = NAME.exec(name) ?? []
    if (pid === undefined || started === undefined || namespace === undefined) continue
    if (!hasEnded({ pid: Number(pid), started, namespace })) continue
    const path = join(parent, name)
    try {
      const entry = lstatSync(path)
      const isOwn = process.geteuid === undefined || entry.uid === process.geteuid()
      if (entry.isDirectory() && isOwn) rmSync(path, { recursive: true, force: true })
    } catch {
      // Another run removes it at the same time, or permissions forbid it: ignore both.
    }
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
