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

/** Versions from `since` on and before `until`, where either may be absent. */
export interface VersionRange {
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** True when `version` is at least `since` and before `until`. */
export function versionWithin(version: string, { since, until }: VersionRange): boolean {
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) < 0)
  )
}
