import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

import {
  extendLock,
  type Kustomize,
  OFFICIAL_DIGESTS,
  prepareSchema,
  type KustomizeLock,
  parseLock,
  resolveKustomize,
  writeLock,
} from '@overlay-render/kustomize'

import { isWithin } from '@overlay-render/system'

import { type OwnFiles, readOwnFile } from './own-file.ts'
import type { CallOptions } from './progress.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** The name of the file beside the configuration that records the pin's digests. */
const LOCK_FILE = 'overlay-render.lock'

/** The kustomize of a workspace, and what makes it fast. */
export interface PinnedKustomize {
  readonly kustomize: Kustomize
  /** The stripped schema for kustomize 4.5.4, which halves the time of a build and changes no byte of it. */
  readonly schema: string | undefined
}

export interface PinnedOptions extends CallOptions {
  /** True may download or compile the pinned program: a person asked for that. A render never does. */
  readonly install?: boolean | undefined
  /** Told what is downloaded or compiled. */
  readonly onInstall?: ((message: string) => void) | undefined
}

/**
 * Finds the kustomize or kubectl that the workspace pins.
 *
 * @param explicit a binary that the caller named
 * @throws KustomizeFault `pin-not-met`, `digest-differs` or `lock-invalid`
 */
export async function findPinnedKustomize(
  files: OwnFiles,
  config: WorkspaceConfig,
  explicit: string | undefined,
  { signal, install, onInstall }: PinnedOptions,
): Promise<PinnedKustomize> {
  const kustomize = await resolveKustomize(config.kustomize.pin, {
    explicitPath: explicit,
    storeFolder: storeFolder(),
    lock: await readLock(files),
    isInCheckout: (path) => isInCheckout(path, files),
    install,
    signal,
    onProgress: onInstall,
  })
  return { kustomize, schema: await prepareSchema(kustomize, storeFolder()) }
}

/** Whether git tracks or would track a file, through whatever links it is named. */
async function isInCheckout(path: string, { boundary: { workTree }, visible }: OwnFiles): Promise<boolean> {
  if (workTree === undefined) return false
  const real = realpathSync(path)
  return isWithin(real, workTree) && (await visible.tracked()).kindOf(real) === 'file'
}

/**
 * Records the digests of the pinned kustomize in `overlay-render.lock`: of every platform whose official binary
 * is known, and of the one in use.
 */
export async function lockKustomize(files: OwnFiles, kustomize: Kustomize): Promise<void> {
  const before = await readLock(files)
  const { program, programVersion: version, platform, sha256 } = kustomize
  const official = program === 'kustomize' ? Object.entries(OFFICIAL_DIGESTS[version] ?? {}) : []
  const known = official.reduce(
    (lock, [place, digest]) => extendLock(lock, { program, version, platform: place, sha256: digest }),
    before,
  )
  const locked = { program, version, platform, sha256 }
  const guarded = files.boundary.folders
  writeLock(join(files.workspace, LOCK_FILE), extendLock(known, locked), { guarded, shown: LOCK_FILE })
}

async function readLock(files: OwnFiles): Promise<KustomizeLock | undefined> {
  const text = await readOwnFile(LOCK_FILE, files)
  return text === undefined ? undefined : parseLock(text, LOCK_FILE)
}

/** Where kustomizes that were compiled here are kept between runs. */
function storeFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return join(cache, 'overlay-render')
}
