import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import {
  digestOf,
  errnoOf,
  findProgram,
  makeTemporaryFolder,
  programName,
  runProcess,
  SystemFault,
} from '@overlay-render/system'

import { KustomizeFault } from '../kustomize-fault.ts'
import { platformName } from './official-digests.ts'
import { readGoBuildInformation } from './go-build-information.ts'
import { type Trust, trustOf, whyNotTrusted } from './trust.ts'

/** A helm that is exactly the pinned one. */
export interface Helm {
  readonly path: string
  readonly version: string
  readonly sha256: string
  /** Such as `linux-x64`, as in `overlay-render.lock`. */
  readonly platform: string
}

export interface ResolveHelmOptions extends Pick<Trust, 'isInCheckout'> {
  /** The user's environment: OVERLAY_RENDER_HELM, OVERLAY_RENDER_HELM_SHA256 and PATH. The process's own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** The folder of programs that this tool has installed. */
  readonly storeFolder: string
  /** The digest of this platform that a lock of the same version records. */
  readonly locked?: string | undefined
  readonly signal?: AbortSignal | undefined
}

const HELM_MODULE = /^helm\.sh\/helm\/v\d+$/u
const VERSION_LIMIT = 30_000

/**
 * Finds the helm of a pin: an explicit path, the tool's own store, then PATH.
 *
 * @param version exact, without `v`
 * @throws KustomizeFault `pin-not-met` with all candidates; `digest-differs` when none has the digest of the lock
 */
export async function resolveHelm(version: string, options: ResolveHelmOptions): Promise<Helm> {
  const { env = process.env, storeFolder, locked } = options
  const platform = platformName()
  const stored = join(storeFolder, `helm-${version}-${platform}`, programName('helm'))
  const places = namedHelm(env) ?? [stored, ...(await findProgram('helm', env))]
  const tried: string[] = []
  let differs = false
  for (const path of places) {
    const found = await identifyHelm(path, options)
    if ('reason' in found) tried.push(`${path} ${found.reason}`)
    else if (found.version !== version) tried.push(`${path} is ${found.version}`)
    else if (locked !== undefined && locked !== found.sha256) {
      differs = true
      tried.push(`${path} is ${version}, but does not match the digest in overlay-render.lock`)
    } else return { path, version, sha256: found.sha256, platform }
  }
  throw new KustomizeFault({
    code: differs ? 'digest-differs' : 'pin-not-met',
    message: differs
      ? `no helm ${version} here matches the digest in overlay-render.lock for ${platform}`
      : `helm ${version} is pinned, but was not found`,
    details: tried.map((line) => `tried ${line}`),
    hint: differs
      ? 'use the helm of the lock, or remove its line from overlay-render.lock if the change is intended'
      : `put helm ${version} on PATH, or set OVERLAY_RENDER_HELM to its path`,
  })
}

/** The version of the configured helm, or of the first identified one on PATH; undefined without one. */
export async function findHelmVersion(
  options: Omit<ResolveHelmOptions, 'storeFolder' | 'locked'>,
): Promise<string | undefined> {
  const { env = process.env } = options
  for (const path of namedHelm(env) ?? (await findProgram('helm', env))) {
    const found = await identifyHelm(path, options)
    if ('version' in found) return found.version
  }
  return undefined
}

function namedHelm(env: Readonly<Record<string, string | undefined>>): readonly string[] | undefined {
  const named = env['OVERLAY_RENDER_HELM'] ?? ''
  return named === '' ? undefined : [resolve(named)]
}

async function identifyHelm(
  path: string,
  { env = process.env, isInCheckout, signal }: Omit<ResolveHelmOptions, 'storeFolder' | 'locked'>,
): Promise<{ readonly version: string; readonly sha256: string } | { readonly reason: string }> {
  let binary: Buffer
  try {
    binary = await readFile(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === undefined) throw error
    return {
      reason: errno === 'ENOENT' || errno === 'ENOTDIR' ? 'does not exist' : `cannot be read (${errno})`,
    }
  }
  const sha256 = digestOf(binary)
  const built = readGoBuildInformation(binary)
  if (built !== undefined && !HELM_MODULE.test(built.module))
    return { reason: `is another program (${built.module})` }
  const trust = trustOf({ env, isInCheckout }, 'OVERLAY_RENDER_HELM_SHA256')
  const reason = await whyNotTrusted({ path, binary, sha256 }, trust)
  if (reason !== undefined) return { reason }
  const version = built?.version ?? (await askVersion(path, signal))
  return version === undefined ? { reason: 'does not say which helm it is' } : { version, sha256 }
}

/** helm prints `v3.19.2+g8766e71`. */
async function askVersion(path: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const folder = await makeTemporaryFolder('helm')
  try {
    const { exitCode, stdout } = await runProcess(path, ['version', '--short'], {
      cwd: folder.path,
      env: { HOME: folder.path },
      timeout: VERSION_LIMIT,
      signal,
      maxOutput: 64 * 1024,
    })
    const printed = Buffer.from(stdout).toString('utf8')
    return exitCode === 0 ? /^v(\d+\.\d+\.\d+)(?=[\s+]|$)/u.exec(printed)?.[1] : undefined
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    return undefined
  } finally {
    await folder.dispose()
  }
}
