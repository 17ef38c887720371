import type { Finding } from '@overlay-render/system'

/** A finding, and the overlays that have it. */
export interface CheckFinding extends Finding {
  /** The names of the overlays; empty for a finding about none. */
  readonly overlays: readonly string[]
}

/** Merges equal findings of several overlays. Sorted by file, line, column and rule. */
export function groupByOverlay(
  findings: readonly { readonly overlay: string | undefined; readonly finding: Finding }[],
): CheckFinding[] {
  const groups = new Map<string, { finding: Finding; overlays: Set<string> }>()
  for (const { overlay, finding } of findings) {
    const { rule, severity, message, object, position } = finding
    const key = JSON.stringify([rule, severity, message, object, position])
    const group = groups.get(key) ?? { finding, overlays: new Set() }
    groups.set(key, group)
    if (overlay !== undefined) group.overlays.add(overlay)
  }
  return [...groups.values()]
    .map(({ finding, overlays }) => ({ ...finding, overlays: [...overlays].sort() }))
    .sort(compareFindings)
}

function compareFindings(a: Finding, b: Finding): number {
  const { position: x } = a
  const { position: y } = b
  return (
    compareText(x?.file ?? '', y?.file ?? '') ||
    (x?.line ?? 0) - (y?.line ?? 0) ||
    (x?.column ?? 0) - (y?.column ?? 0) ||
    compareText(a.rule, b.rule)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
