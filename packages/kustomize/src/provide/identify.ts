import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'

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
  let sha256: string
  try {
    const stats = statSync(path)
    // A pipe could keep the process waiting.
    if (!stats.isFile())
      return { outcome: 'unusable', reason: stats.isDirectory() ? 'is a folder' : 'is not a file' }
    sha256 = digestOfFile(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return { outcome: 'missing' }
    return { outcome: 'unusable', reason: `cannot be read (${errno ?? 'unknown'})` }
  }
  const official = Object.entries(OFFICIAL_DIGESTS).find(([, digests]) => digests[platformName()] === sha256)
  if (official !== undefined) return { outcome: 'kustomize', version: official[0], sha256 }
  const binary = readFileSync(path)
  const built = readGoBuildInformation(binary)
  if (built !== undefined && !KUSTOMIZE_MODULE.test(built.module)) {
    return { outcome: 'unusable', reason: `is another program (${built.module})`, sha256 }
  }
  const reason = await whyNotTrusted({ path, binary, sha256 }, trust)
  if (reason !== undefined) return { outcome: 'unusable', reason, sha256 }
  if (built?.version !== undefined) return { outcome: 'kustomize', version: built.version, sha256 }
  return { ...(await askVersion(path, signal)), sha256 }
}

/** Bytes that are read at a time: a part of the memory of a render, so that no new memory is asked for. */
const PART = 256 * 1024

/**
 * The sha256 of a file, in hexadecimal. Synchronous: after each part of a large file, the asynchronous functions wait for all other work
 * of a render.
 */
function digestOfFile(path: string): string {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  try {
    const part = Buffer.allocUnsafe(PART)
    for (let size = readSync(file, part); size > 0; size = readSync(file, part)) {
      hash.update(part.subarray(0, size))
    }
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
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
