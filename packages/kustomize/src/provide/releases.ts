import type { Pin } from '../pin.ts'
import { platformName } from './official-digests.ts'
import { KUBECTL_RELEASES, KUSTOMIZE_RELEASES } from './release-digests.ts'

/** An official release file of kustomize or kubectl for one platform. */
export interface Release {
  readonly url: string
  /** Its published sha256. */
  readonly sha256: string
  /** A `.tar.gz` with the program in it, or the program itself. */
  readonly form: 'archive' | 'program'
}

/**
 * The published file of a pin for this platform; undefined when its digest is not in the table.
 *
 * @param confirmed the digest confirmed by the user, for a file that is not in the table
 */
export function findRelease(
  { program, version }: Pin,
  platform: string = platformName(),
  confirmed?: string,
): Release | undefined {
  const digests = program === 'kubectl' ? KUBECTL_RELEASES : KUSTOMIZE_RELEASES
  const sha256 = digests[version]?.[platform] ?? confirmed?.toLowerCase()
  const place = publishedPlatform(platform)
  if (sha256 === undefined || place === undefined) return undefined
  return program === 'kubectl'
    ? { url: kubectlUrl(version, place), sha256, form: 'program' }
    : { url: kustomizeUrl(version, place), sha256, form: 'archive' }
}

/** Whether releases for a platform can be downloaded and unpacked. */
export function isPublishedFor(platform: string): boolean {
  return publishedPlatform(platform) !== undefined
}

/** The URL of the published digests of a version. */
export function digestsUrl({ program, version }: Pin): string {
  if (program === 'kubectl')
    return `https://dl.k8s.io/release/v${version}/bin/SYSTEM/ARCHITECTURE/kubectl.sha256`
  return `https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv${version}/checksums.txt`
}

interface PublishedPlatform {
  readonly system: string
  readonly architecture: string
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ppc64le: 'ppc64le',
  s390x: 's390x',
}

/** Go's names of a platform. Windows is not supported, because its newer archives have another format. */
function publishedPlatform(platform: string): PublishedPlatform | undefined {
  const [system = '', name = ''] = platform.split('-')
  const architecture = ARCHITECTURES[name]
  if (architecture === undefined || !/^(?:linux|darwin)$/u.test(system)) return undefined
  return { system, architecture }
}

function kustomizeUrl(version: string, { system, architecture }: PublishedPlatform): string {
  const name = `kustomize_v${version}_${system}_${architecture}.tar.gz`
  return `https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv${version}/${name}`
}

function kubectlUrl(version: string, { system, architecture }: PublishedPlatform): string {
  return `https://dl.k8s.io/release/v${version}/bin/${system}/${architecture}/kubectl`
}
