import { type CheckFinding, groupByOverlay } from '@overlay-render/check'
import type { Finding } from '@overlay-render/system'

import type { OverlayFindings } from './check-sources.ts'

/** Findings of all overlays, each told once with the overlays that have it, and those of no overlay. */
export function groupFindings(
  found: readonly OverlayFindings[],
  others: readonly Finding[] = [],
): CheckFinding[] {
  return groupByOverlay([
    ...found.flatMap(({ overlay, findings }) => findings.map((finding) => ({ overlay, finding }))),
    ...others.map((finding) => ({ overlay: undefined, finding })),
  ])
}
