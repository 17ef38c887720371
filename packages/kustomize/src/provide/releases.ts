import type { Pin } from '../pin.ts'
import { platformName } from './official-digests.ts'
import { KUBECTL_RELEASES, KUSTOMIZE_RELEASES } from './release-digests.ts'

/** A file that the makers of kustomize or kubectl publish for one platform. */
export interface Release {
  readonly url: string
  /** What the makers publish as its sha256. */
  readonly sha256: string
  /** A `.tar.gz` with the program in it, or the program itself. */
  readonly form: 'archive' | 'program'
}

/**
 * The published file of a pin for this platform; undefined when its digest is not in the table.
 *
 * @param confirmed the digest that a person has confirmed, for a file that the table does not have
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

/** Whether the releases for a platform are ones that can be downloaded and unpacked. */
export function isPublishedFor(platform: string): boolean {
  return publishedPlatform(platform) !== undefined
}

/** Where the makers publish the digests of a version. */
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

/** The names of Go for a platform. Windows is left out: its newer archives are of another format. */
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
