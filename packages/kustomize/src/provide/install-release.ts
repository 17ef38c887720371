import { KustomizeFault } from '../kustomize-fault.ts'
import { describePin, type Pin } from '../pin.ts'
import { downloadRelease } from './download-release.ts'
import { platformName } from './official-digests.ts'
import { digestsUrl, findRelease, isPublishedFor } from './releases.ts'
import type { ResolveOptions } from './provider.ts'

export type InstalledRelease =
  | { readonly provider: 'release'; readonly path: string }
  | { readonly provider: 'release'; readonly reason: string }

/**
 * Installs the published program of a pin at `target`, if its digest is in the table and there is a network.
 *
 * @throws KustomizeFault `digest-differs` when the file is not the published one: no other way is tried then
 */
export async function installRelease(
  pin: Pin,
  target: string,
  {
    fetch,
    confirmed,
    signal,
    onProgress,
  }: Pick<ResolveOptions, 'fetch' | 'confirmed' | 'signal' | 'onProgress'>,
): Promise<InstalledRelease> {
  const release = findRelease(pin, platformName(), confirmed)
  if (!isPublishedFor(platformName()))
    return {
      provider: 'release',
      reason: `there is no supported release for ${platformName()}`,
    }
  if (release === undefined) {
    const reason = `the published digest of ${describePin(pin)} for ${platformName()} is not in the table: look it up in ${digestsUrl(pin)}, and confirm that digest when you install it`
    return { provider: 'release', reason }
  }
  onProgress?.(`download ${release.url}`)
  try {
    await downloadRelease(pin, release, target, { fetch, signal })
    return { provider: 'release', path: target }
  } catch (error) {
    if (!(error instanceof KustomizeFault) || error.code !== 'download-failed') throw error
    return { provider: 'release', reason: error.sentence }
  }
}

/** A hint for a manual installation: which file to put where. */
export function manualInstallHint(pin: Pin, target: string, confirmed: string | undefined): string {
  const release = findRelease(pin, platformName(), confirmed)
  if (release === undefined) return `copy the program of ${describePin(pin)} to ${target}`
  const what = release.form === 'archive' ? `the ${pin.program} in it` : 'it'
  return `download ${release.url} on a machine with network access, check that its sha256 is ${release.sha256}, and copy ${what} to ${target}`
}
