import type { CheckFinding } from '@overlay-render/check'
import type { ManifestDiff } from '@overlay-render/golden'
import type { JobsDiff } from '@overlay-render/prow'
import type { FaultOptions, Finding } from '@overlay-render/system'

import type { Affected } from '../affected.ts'
import type { FilesInNoOverlay } from '../files-in-no-overlay.ts'
import type { Review } from '../review.ts'
import type { Shard } from '../shard.ts'

/** A review or one part of it, with the changes to Prow's jobs. */
export interface ReviewPart {
  /** 1 of 1 for a whole review. */
  readonly shard: Shard
  readonly review: Review
  /** Only in the first part, and only if there are jobs. */
  readonly jobs: JobsDiff | undefined
}

/** The version of the format. A part of another version is refused. */
export const PART_VERSION = 1

/** The review of one overlay, with plain data instead of faults. */
export interface PartOverlay extends Affected {
  readonly diff: ManifestDiff | undefined
  readonly fault: FaultOptions<string> | undefined
  readonly faultBefore: FaultOptions<string> | undefined
  readonly golden: PartGolden | undefined
  readonly goldenFault: FaultOptions<string> | undefined
  readonly findings: readonly Finding[]
}

/** The comparison of an overlay with its golden. */
export interface PartGolden {
  readonly overlay: string
  readonly missing: boolean
  readonly differs: boolean
  readonly diff: ManifestDiff
  readonly ignored: number
}

/** One part of a review, as it is written to a file. */
export interface PartFile {
  readonly overlayRenderReviewPart: typeof PART_VERSION
  readonly shard: Shard
  readonly revision: string
  readonly commit: string
  /** The names of all overlays that the change can affect, over all parts. */
  readonly reached: readonly string[]
  readonly unaffected: readonly string[]
  /** New findings of no overlay, and of overlays that the change does not affect: only in the first part. */
  readonly findings: readonly CheckFinding[]
  readonly borrowsConfiguration: boolean
  readonly orphans: readonly string[]
  /** Only in the first part. */
  readonly inNoOverlay: FilesInNoOverlay | undefined
  readonly needsAttention: boolean
  readonly overlays: readonly PartOverlay[]
  /** Only in the first part, and only if there are jobs. */
  readonly jobs: JobsDiff | undefined
}
