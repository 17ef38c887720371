import { webcrypto } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import { errnoOf, runProcess, SystemFault } from '@overlay-render/system'

import { readGoBuildInformation } from './go-build-information.ts'
import { OFFICIAL_DIGESTS, platformName } from './official-digests.ts'
import { type Trust, whyNotTrusted } from './trust.ts'

/** The identity of a file. */
export type Identity =
  | { readonly outcome: 'kustomize'; readonly version: string; readonly sha256: string }
  | { readonly outcome: 'missing' }
  /** `reason` completes the sentence "PATH …". */
  | { readonly outcome: 'unusable'; readonly reason: string; readonly sha256?: string }

export interface IdentifyOptions extends Trust {
  readonly signal?: AbortSignal | undefined
}

const KUSTOMIZE_MODULE = /^sigs\.k8s\.io\/kustomize\/kustomize(?:\/v\d+)?$/u
const VERSION_LIMIT = 30_000

/**
 * Identifies a kustomize: by its digest, then by its Go build information (for binaries from `go install`, which do not
 * print their version), and last by running `version`, unless the file is not trusted.
 */
export async function identify(path: string, { signal, ...trust }: IdentifyOptions): Promise<Identity> {
  let binary: Buffer
  try {
    binary = await readFile(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return { outcome: 'missing' }
    return {
      outcome: 'unusable',
      reason: errno === 'EISDIR' ? 'is a folder' : `cannot be read (${errno ?? 'unknown'})`,
    }
  }
  // Asynchronous, because the file is large and there is other work to do.
  const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', binary)).toString('hex')
  const official = Object.entries(OFFICIAL_DIGESTS).find(([, digests]) => digests[platformName()] === sha256)
  if (official !== undefined) return { outcome: 'kustomize', version: official[0], sha256 }
  const built = readGoBuildInformation(binary)
  if (built !== undefined && !KUSTOMIZE_MODULE.test(built.module)) {
    return { outcome: 'unusable', reason: `is another program (${built.module})`, sha256 }
  }
  const reason = await whyNotTrusted({ path, binary, sha256 }, trust)
  if (reason !== undefined) return { outcome: 'unusable', reason, sha256 }
  if (built?.version !== undefined) return { outcome: 'kustomize', version: built.version, sha256 }
  return { ...(await askVersion(path, signal)), sha256 }
}

async function askVersion(path: string, signal: AbortSignal | undefined): Promise<Versioned> {
  try {
    const { exitCode, stdout } = await runProcess(path, ['version'], {
      timeout: VERSION_LIMIT,
      signal,
      maxOutput: 64 * 1024,
    })
    const version = parseVersion(Buffer.from(stdout).toString('utf8'))
    if (exitCode === 0 && version !== undefined) return { outcome: 'kustomize', version }
    return { outcome: 'unusable', reason: 'does not say which kustomize it is' }
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code === 'aborted') throw error
    return { outcome: 'unusable', reason: error.code === 'timed-out' ? 'does not answer' : 'cannot be run' }
  }
}

type Versioned =
  | { readonly outcome: 'kustomize'; readonly version: string }
  | { readonly outcome: 'unusable'; readonly reason: string }

/** kustomize 4 prints `{Version:kustomize/v4.5.4 GitCommit:…}`, kustomize 5 prints `v5.8.1`. */
export function parseVersion(printed: string): string | undefined {
  return /^(?:\{Version:kustomize\/)?v(\d+\.\d+\.\d+)(?=\s|$)/u.exec(printed)?.[1]
}
