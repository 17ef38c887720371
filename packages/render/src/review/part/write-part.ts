import { writeLossless } from '@overlay-render/golden'
import type { Fault, FaultOptions } from '@overlay-render/system'

import type { ReviewedOverlay } from '../review.ts'
import { PART_VERSION, type PartFile, type PartOverlay, type ReviewPart } from './part.ts'

/** The text of a part. `readReviewPart` reads it back. */
export function writeReviewPart({ shard, review, jobs }: ReviewPart): string {
  const { overlays, ...rest } = review
  const part: PartFile = {
    overlayRenderReviewPart: PART_VERSION,
    shard,
    ...rest,
    overlays: overlays.map(packed),
    jobs,
  }
  return `${writeLossless(part)}\n`
}

function packed({ fault, faultBefore, golden, goldenFault, ...rest }: ReviewedOverlay): PartOverlay {
  return {
    ...rest,
    golden:
      golden === undefined
        ? undefined
        : {
            overlay: golden.overlay,
            missing: golden.missing,
            differs: golden.differs,
            diff: golden.diff,
            ignored: golden.ignored,
          },
    fault: packedFault(fault),
    faultBefore: packedFault(faultBefore),
    goldenFault: packedFault(goldenFault),
  }
}

function packedFault(fault: Fault | undefined): FaultOptions<string> | undefined {
  if (fault === undefined) return undefined
  const { code, sentence: message, position, source, hint, details, verbose, blame } = fault
  return { code, message, position, source, hint, details, verbose, blame }
}
