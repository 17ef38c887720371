import { reportData, type ReportEntry, toJson } from '@overlay-render/golden'
import type { JobsDiff } from '@overlay-render/prow'
import type { Review } from '@overlay-render/render'
import { type Fault, findingData } from '@overlay-render/system'

import type { ReviewJson } from '../json/review.ts'
import type { ErrorJson } from '../json/shared.ts'
import { plainJson } from '../plain-json.ts'
import { faultJson } from '../print-fault.ts'
import { JSON_VERSION } from '../print-json.ts'

/** A review as JSON. */
export async function reviewJson(
  review: Review,
  changes: readonly ReportEntry[],
  jobs: JobsDiff | undefined,
): Promise<string> {
  const data = {
    version: JSON_VERSION,
    ...plainJson(withoutDiffs(review)),
    report: reportData(changes),
    ...(jobs === undefined ? {} : { jobs: (await import('@overlay-render/prow')).jobsDiffData(jobs) }),
  }
  return `${toJson(data, '  ')}\n`
}

function withoutDiffs(review: Review): Omit<ReviewJson, 'version' | 'report' | 'jobs'> {
  const { revision, commit, unaffected, orphans, inNoOverlay, borrowsConfiguration, needsAttention } = review
  return {
    base: revision,
    commit,
    borrowsConfiguration,
    needsAttention,
    overlays: review.overlays.map(({ overlay, change, reasons, findings, ...one }) => ({
      overlay,
      change,
      reasons,
      golden: goldenOf(one),
      error: errorOf(one.fault ?? one.goldenFault),
      errorBefore: errorOf(one.faultBefore),
      findings: findings.map(findingData),
    })),
    unaffected,
    findings: review.findings.map((finding) => ({ ...findingData(finding), overlays: finding.overlays })),
    orphans,
    inNoOverlay,
  }
}

type OverlayJson = ReviewJson['overlays'][number]

function goldenOf({ golden }: Pick<Review['overlays'][number], 'golden'>): OverlayJson['golden'] {
  if (golden === undefined) return undefined
  if (golden.missing) return 'missing'
  return golden.differs ? 'differs' : 'matches'
}

function errorOf(fault: Fault | undefined): ErrorJson | undefined {
  return fault === undefined ? undefined : faultJson(fault)
}
