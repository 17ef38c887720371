import { realpathSync } from 'node:fs'
import { join } from 'node:path'

import {
  type Kustomize,
  type KustomizeLock,
  prepareSchema,
  resolveKustomize,
  takesSchema,
} from '@overlay-render/kustomize'

import { errnoOf, isWithin, once } from '@overlay-render/system'

import { prepareFolder, userFolder } from './cache/cache-folder.ts'
import { remembered, type RememberFile, rememberFile } from './cache/memo.ts'
import type { RecordStore } from './cache/record-store.ts'
import { LOCK_FILE } from './workspace-config.ts'
import { type OwnFiles, readOwnFile } from './own-file.ts'
import type { CallOptions } from './progress.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** The kustomize of a workspace, and its schema. */
export interface PinnedKustomize {
  readonly kustomize: Kustomize
  /** A reduced OpenAPI schema for kustomize 4.5.4: it halves the time of a build and changes no byte of the output. */
  readonly schema: () => Promise<string | undefined>
}

/** Options for finding the pinned program. */
export interface PinnedOptions extends CallOptions {
  /** Whether the program may be downloaded or compiled, because the user asked for it. A render never does. */
  readonly install?: boolean | undefined
  /** The sha256 of the published file as confirmed by the user, for a version without a known digest. */
  readonly confirmed?: string | undefined
  /** Called with what is downloaded or compiled. */
  readonly onInstall?: ((message: string) => void) | undefined
}

/**
 * Finds the kustomize or kubectl that the workspace pins.
 *
 * @param explicit a binary that the caller named  @param store remembers the versions of binaries
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
  return { kustomize, schema: once(async () => schemaFor(kustomize, files.boundary.folders)) }
}

/** Undefined where a commit or another user could have written the file. @param trees real paths of what is rendered */
async function schemaFor(kustomize: Kustomize, trees: readonly string[]): Promise<string | undefined> {
  if (!takesSchema(kustomize)) return undefined
  const folder = join(userFolder(), 'schemas')
  return prepareFolder(folder, trees) === undefined ? prepareSchema(kustomize, folder) : undefined
}

/** Whether git tracks or would track the file that a path leads to. */
export async function isInCheckout(
  path: string,
  { boundary: { workTree }, visible }: OwnFiles,
): Promise<boolean> {
  if (workTree === undefined) return false
  const real = realpathSync(path)
  return isWithin(real, workTree) && (await visible.tracked()).kindOf(real) === 'file'
}

/**
 * A binary in the work tree is checked each time, since a commit may have added it. The result for one outside is remembered while
 * its size and times stay the same.
 */
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

/** The parsed lock file. It is remembered, so that later runs need not load the YAML parser. */
async function lockOf(files: OwnFiles, store: RecordStore | undefined): Promise<KustomizeLock | undefined> {
  const text = await readOwnFile(LOCK_FILE, files)
  if (text === undefined) return undefined
  return remembered(store, ['lock', text], async () =>
    (await import('./kustomize-lock-file.ts')).parseLockFile(text),
  )
}
