import { readFile } from 'node:fs/promises'

import { digestOf, errnoOf, makeTemporaryFolder, runProcess, SystemFault } from '@overlay-render/system'

import type { IdentifyOptions } from './identify.ts'
import { whyNotTrusted } from './trust.ts'

/** The identity of a file that should be kubectl. */
export type KubectlIdentity =
  | {
      readonly outcome: 'kubectl'
      readonly version: string
      /** The version of the kustomize inside. */
      readonly kustomize: string
      readonly sha256: string
    }
  | { readonly outcome: 'missing' }
  /** `reason` completes the sentence "PATH …". */
  | { readonly outcome: 'unusable'; readonly reason: string }

const VERSION_LIMIT = 30_000

/**
 * Identifies a kubectl, and the kustomize in it, by running `version --client` without the user's environment in an empty
 * folder. Scripts are rejected, because some installations have a script called `kubectl` that contacts a cluster first.
 */
export async function identifyKubectl(
  path: string,
  { signal, ...trust }: IdentifyOptions,
): Promise<KubectlIdentity> {
  let binary: Buffer
  try {
    binary = await readFile(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return { outcome: 'missing' }
    return { outcome: 'unusable', reason: `cannot be read (${errno ?? 'unknown'})` }
  }
  const sha256 = digestOf(binary)
  const reason = await whyNotTrusted({ path, binary, sha256 }, trust)
  if (reason !== undefined) return { outcome: 'unusable', reason }
  const versions = await askVersions(path, signal)
  return 'reason' in versions
    ? { outcome: 'unusable', ...versions }
    : { outcome: 'kubectl', ...versions, sha256 }
}

async function askVersions(
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly version: string; readonly kustomize: string } | { readonly reason: string }> {
  const folder = await makeTemporaryFolder('kubectl')
  try {
    const { exitCode, stdout } = await runProcess(path, ['version', '--client', '--output=json'], {
      cwd: folder.path,
      env: { HOME: folder.path },
      timeout: VERSION_LIMIT,
      signal,
      maxOutput: 64 * 1024,
    })
    const versions = exitCode === 0 ? parseKubectlVersion(Buffer.from(stdout).toString('utf8')) : undefined
    return versions ?? { reason: 'does not say which kubectl it is' }
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    return { reason: error.code === 'timed-out' ? 'does not answer' : 'cannot be run' }
  } finally {
    await folder.dispose()
  }
}

/** Parses the versions in kubectl's JSON. A kustomize between two releases counts as the earlier one. */
export function parseKubectlVersion(
  printed: string,
): { readonly version: string; readonly kustomize: string } | undefined {
  const version = /"gitVersion":\s*"v(\d+\.\d+\.\d+)"/u.exec(printed)?.[1]
  const [, major, minor, patch, isBetween] =
    /"kustomizeVersion":\s*"v(\d+)\.(\d+)\.(\d+)(-0\.[^"]*)?"/u.exec(printed) ?? []
  if (version === undefined || patch === undefined) return undefined
  const released = isBetween === undefined ? Number(patch) : Number(patch) - 1
  return { version, kustomize: `${major}.${minor}.${released}` }
}
