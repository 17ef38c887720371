import { KustomizeFault } from './kustomize-fault.ts'

/** The exact kustomize version that a workspace is rendered with. */
export interface Pin {
  /** Such as `4.5.4`, without a `v`. */
  readonly version: string
}

const EXACT = /^v?(\d+)\.(\d+)\.(\d+)$/u
const RANGE = /[\^~<>=*|x\s]|^latest$|^v?\d+(\.\d+)?$/iu

/**
 * Reads a pin as people write it: `4.5.4` or `v4.5.4`.
 *
 * @throws KustomizeFault `pin-invalid` for a range, for text that is no version, and for versions before 4.0
 */
export function parsePin(text: string): Pin {
  const exact = EXACT.exec(text)
  if (exact === null) {
    const reason = RANGE.test(text)
      ? 'is a range, and a range does not say which bytes come out'
      : 'is not a version'
    throw new KustomizeFault({
      code: 'pin-invalid',
      message: `kustomize version "${text}" ${reason}`,
      hint: 'write one exact version such as 4.5.4',
    })
  }
  const version = exact.slice(1).map(Number).join('.')
  if (Number(exact[1]) < 4) {
    throw new KustomizeFault({
      code: 'pin-invalid',
      message: `kustomize ${version} is too old: 4.0.0 is the first version whose options are known here`,
      hint: 'kustomize 4.5.4 is the version that installs with npm',
    })
  }
  return { version }
}

/** Negative, zero or positive as version `a` is before, equal to or after `b`. Both are exact. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (const [index, part] of left.entries()) {
    const difference = part - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** True when `version` is at least `since` and before `until`, where either may be absent. */
export function versionWithin(
  version: string,
  since: string | undefined,
  until: string | undefined,
): boolean {
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  )
}
