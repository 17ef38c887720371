import { type CheckFinding, groupByOverlay } from '@overlay-render/check'
import type { Finding } from '@overlay-render/system'

import type { OverlayFindings } from './check-sources.ts'

/** The findings of all overlays and of none. Each is listed once, with the overlays that have it. */
export function groupFindings(
  found: readonly OverlayFindings[],
  others: readonly Finding[] = [],
): CheckFinding[] {
  return groupByOverlay([
    ...found.flatMap(({ overlay, findings }) => findings.map((finding) => ({ overlay, finding }))),
    ...others.map((finding) => ({ overlay: undefined, finding })),
  ])
}
