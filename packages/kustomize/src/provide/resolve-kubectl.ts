import { join, resolve } from 'node:path'

import { findProgram, programName } from '@overlay-render/system'

import type { Pin } from '../pin.ts'
import { identifyKubectl } from './identify-kubectl.ts'
import { notFoundFault, whyRejected } from './not-found.ts'
import { platformName } from './official-digests.ts'
import { installRelease, manualInstallHint } from './install-release.ts'
import { noCache } from './remember.ts'
import type { Candidate, Kustomize, ResolveOptions } from './provider.ts'
import { trustOf } from './trust.ts'

/**
 * Finds the kubectl of a pin: an explicit path, the tool's own store, then PATH. With `install`, the published
 * program is downloaded.
 *
 * @throws KustomizeFault `pin-not-met` with all candidates; `digest-differs` when none has the digest of the lock
 */
export async function resolveKubectl(pin: Pin, options: ResolveOptions): Promise<Kustomize> {
  const { lock, signal, remember = noCache } = options
  const platform = platformName()
  const isLocked = lock?.program === 'kubectl' && lock.version === pin.version
  const locked = isLocked ? lock.sha256[platform] : undefined
  const tried: string[] = []
  let differs = false
  for await (const candidate of findCandidates(pin, options)) {
    const { provider } = candidate
    if ('reason' in candidate) {
      tried.push(`${provider}: ${candidate.reason}`)
      continue
    }
    const { path } = candidate
    const trust = trustOf(options)
    const identity = await remember(['kubectl', trust.confirmed ?? ''], path, async () =>
      identifyKubectl(path, { signal, ...trust }),
    )
    if (identity.outcome !== 'kubectl' || identity.version !== pin.version) {
      tried.push(`${provider}: ${path} ${whyRejected(identity)}`)
    } else if (locked !== undefined && locked !== identity.sha256) {
      differs = true
      tried.push(
        `${provider}: ${path} is ${pin.version}, but does not match the digest in overlay-render.lock`,
      )
    } else {
      const { kustomize: version, sha256 } = identity
      return { program: 'kubectl', programVersion: pin.version, version, path, sha256, platform, provider }
    }
  }
  throw notFoundFault(pin, { tried, differs, hint: hintFor(pin, options) })
}

async function* findCandidates(pin: Pin, options: ResolveOptions): AsyncGenerator<Candidate> {
  const { explicitPath, env = process.env, storeFolder, install = false } = options
  const named = explicitPath ?? env['OVERLAY_RENDER_KUBECTL']
  if (named !== undefined && named !== '') {
    yield { provider: 'explicit', path: resolve(named) }
    return
  }
  const stored = storedKubectl(storeFolder, pin)
  yield { provider: 'store', path: stored }
  const onPath = await findProgram('kubectl', env)
  if (onPath.length === 0) yield { provider: 'path', reason: 'no kubectl is on PATH' }
  for (const path of onPath) yield { provider: 'path', path }
  if (install) yield await installRelease(pin, stored, options)
}

/** The path of a pinned kubectl in the store. */
export function storedKubectl(storeFolder: string, { version }: Pin): string {
  return join(storeFolder, `kubectl-${version}-${platformName()}`, programName('kubectl'))
}

function hintFor(
  pin: Pin,
  { explicitPath, env = process.env, storeFolder, install, confirmed }: ResolveOptions,
): string {
  if ((explicitPath ?? env['OVERLAY_RENDER_KUBECTL'] ?? '') !== '')
    return `an explicit path is the only candidate: set it to kubectl ${pin.version}, or remove it`
  return install === true
    ? manualInstallHint(pin, storedKubectl(storeFolder, pin), confirmed)
    : `install it with overlay-render kustomize install, put kubectl ${pin.version} on PATH, or set OVERLAY_RENDER_KUBECTL to its path`
}
