import { realpathSync } from 'node:fs'

import {
  type Kustomize,
  type KustomizeLock,
  prepareSchema,
  resolveKustomize,
} from '@overlay-render/kustomize'

import { errnoOf, isWithin } from '@overlay-render/system'

import { userFolder } from './cache/cache-folder.ts'
import { remembered, type RememberFile, rememberFile } from './cache/memo.ts'
import type { RecordStore } from './cache/record-store.ts'
import { LOCK_FILE } from './workspace-config.ts'
import { type OwnFiles, readOwnFile } from './own-file.ts'
import type { CallOptions } from './progress.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** The kustomize of a workspace, and what makes it fast. */
export interface PinnedKustomize {
  readonly kustomize: Kustomize
  /** The stripped schema for kustomize 4.5.4, which halves the time of a build and changes no byte of it. */
  readonly schema: string | undefined
}

export interface PinnedOptions extends CallOptions {
  /** True may download or compile the pinned program: a person asked for that. A render never does. */
  readonly install?: boolean | undefined
  /** The sha256 of the published file, as a person has confirmed it, where the table has none. */
  readonly confirmed?: string | undefined
  /** Told what is downloaded or compiled. */
  readonly onInstall?: ((message: string) => void) | undefined
}

/**
 * Finds the kustomize or kubectl that the workspace pins.
 *
 * @param explicit a binary that the caller named  @param store where it is kept what files turned out to be
 * @throws KustomizeFault `pin-not-met`, `digest-differs` or `lock-invalid`
 */
export async function findPinnedKustomize(
  files: OwnFiles,
  config: WorkspaceConfig,
  { explicit, store }: { readonly explicit: string | undefined; readonly store: RecordStore | undefined },
  { signal, install, confirmed, onInstall }: PinnedOptions,
): Promise<PinnedKustomize> {
  const kustomize = await resolveKustomize(config.kustomize.pin, {
    explicitPath: explicit,
    storeFolder: userFolder(),
    lock: await lockOf(files, store),
    isInCheckout: (path) => isInCheckout(path, files),
    install,
    confirmed,
    signal,
    onProgress: onInstall,
    remember: rememberOutside(files, store),
  })
  return { kustomize, schema: await prepareSchema(kustomize, userFolder()) }
}

/** Whether git tracks or would track a file, through whatever links it is named. */
export async function isInCheckout(
  path: string,
  { boundary: { workTree }, visible }: OwnFiles,
): Promise<boolean> {
  if (workTree === undefined) return false
  const real = realpathSync(path)
  return isWithin(real, workTree) && (await visible.tracked()).kindOf(real) === 'file'
}

/** git is asked each time whether a file in the work tree may run; a file outside is the same while its stat is. */
function rememberOutside({ boundary: { workTree } }: OwnFiles, store: RecordStore | undefined): RememberFile {
  const remember = rememberFile(store)
  return async (parts, path, work) => {
    const isInside = workTree !== undefined && isWithin(realOf(path), workTree)
    return isInside ? work() : remember(parts, path, work)
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return path
  }
}

/** Reading YAML is for the first run alone. */
async function lockOf(files: OwnFiles, store: RecordStore | undefined): Promise<KustomizeLock | undefined> {
  const text = await readOwnFile(LOCK_FILE, files)
  if (text === undefined) return undefined
  return remembered(store, ['lock', text], async () =>
    (await import('./kustomize-lock-file.ts')).parseLockFile(text),
  )
}
