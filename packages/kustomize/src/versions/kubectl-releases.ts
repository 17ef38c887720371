/**
 * The kustomize inside each minor version of kubectl, from the `go.mod` of `k8s.io/kubectl`. kubectl 1.28 to 1.30 carry a
 * commit after 5.0.3, which behaves like 5.0.3 in everything that the table of versions asks.
 */
const KUSTOMIZE_BY_MINOR: Readonly<Record<number, string>> = {
  21: '4.0.5',
  22: '4.2.0',
  23: '4.4.1',
  24: '4.5.4',
  25: '4.5.7',
  26: '4.5.7',
  27: '5.0.1',
  28: '5.0.3',
  29: '5.0.3',
  30: '5.0.3',
  31: '5.4.2',
  32: '5.5.0',
  33: '5.6.0',
  34: '5.7.1',
  35: '5.7.1',
  36: '5.8.1',
}

const MINORS = Object.keys(KUSTOMIZE_BY_MINOR).map(Number)
const NEWEST = Math.max(...MINORS)

/** Older kubectls carry kustomize 2.0.3. */
export const OLDEST_KUBECTL: string = `1.${Math.min(...MINORS)}.0`

/**
 * The kustomize inside a kubectl of that version. A newer kubectl is assumed to have the kustomize of the newest one in the table.
 *
 * @returns undefined for a kubectl that is too old
 */
export function kustomizeInKubectl(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major !== 1) return major > 1 ? KUSTOMIZE_BY_MINOR[NEWEST] : undefined
  return KUSTOMIZE_BY_MINOR[Math.min(minor, NEWEST)]
}
