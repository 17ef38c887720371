import { join } from 'node:path'

import {
  extendLock,
  type Kustomize,
  type KustomizeLock,
  OFFICIAL_DIGESTS,
  parseLock,
  splitLock,
  writeLock,
} from '@overlay-render/kustomize'

import { type OwnFiles, readOwnFile } from './own-file.ts'
import { LOCK_FILE } from './workspace-config.ts'

/** The locked digests of the pinned program; undefined when the file has none. @throws KustomizeFault `lock-invalid` */
export function parseLockFile(text: string): KustomizeLock | undefined {
  const { pin, vendored } = splitLock(text)
  // A workspace may have vendored copies and no locked program.
  return vendored !== '' && pin.trim() === '' ? undefined : parseLock(text, LOCK_FILE)
}

/**
 * Records the digests of the pinned kustomize in `overlay-render.lock`: those of all platforms with an official binary, and that of
 * the one in use.
 */
export async function lockKustomize(files: OwnFiles, kustomize: Kustomize): Promise<void> {
  const text = await readOwnFile(LOCK_FILE, files)
  const before = text === undefined ? undefined : parseLockFile(text)
  const { program, programVersion: version, platform, sha256 } = kustomize
  const official = program === 'kustomize' ? Object.entries(OFFICIAL_DIGESTS[version] ?? {}) : []
  const known = official.reduce(
    (lock, [place, digest]) => extendLock(lock, { program, version, platform: place, sha256: digest }),
    before,
  )
  const rest = text === undefined ? '' : splitLock(text).vendored
  const locked = { program, version, platform, sha256 }
  const guarded = files.boundary.folders
  writeLock(join(files.workspace, LOCK_FILE), extendLock(known, locked), { guarded, shown: LOCK_FILE }, rest)
}
