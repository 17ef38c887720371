import {
  diffManifests,
  type DiffRules,
  type ManifestDiff,
  type Manifests,
  parseManifests,
} from '@overlay-render/golden'
import { Fault } from '@overlay-render/system'

import type { Rendered } from './rendered.ts'

/** What became of an overlay with one of two pins. */
type PinOutcome = { readonly manifests: Uint8Array } | { readonly fault: Fault }

/** What another pin would change in one overlay. */
export type PinComparison =
  | { readonly overlay: string; readonly outcome: 'compared'; readonly diff: ManifestDiff }
  /** The faults of the pins that do not build it: one of the two, or both. */
  | {
      readonly overlay: string
      readonly outcome: 'not-built'
      readonly before: Fault | undefined
      readonly after: Fault | undefined
    }

/** Renders an overlay with one of the pins. */
type RenderWithPin = (overlay: string) => Promise<Rendered>

/** Renders an overlay with two pins, one after the other, and says what differs. */
export async function comparePinsOf(
  overlay: string,
  renderBefore: RenderWithPin,
  renderAfter: RenderWithPin,
  rules: DiffRules,
): Promise<PinComparison> {
  const before = await settle(renderBefore(overlay))
  const after = await settle(renderAfter(overlay))
  if ('fault' in before || 'fault' in after) {
    return { overlay, outcome: 'not-built', before: faultOf(before), after: faultOf(after) }
  }
  const read = ({ manifests }: { readonly manifests: Uint8Array }): Manifests =>
    parseManifests(manifests, { file: `${overlay} (rendered)` })
  return { overlay, outcome: 'compared', diff: diffManifests(read(before), read(after), rules) }
}

function faultOf(outcome: PinOutcome): Fault | undefined {
  return 'fault' in outcome ? outcome.fault : undefined
}

async function settle(rendering: Promise<Rendered>): Promise<PinOutcome> {
  try {
    return await rendering
  } catch (error) {
    if (error instanceof Fault && error.code !== 'aborted') return { fault: error }
    throw error
  }
}
