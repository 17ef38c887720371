import { formatReport, type ReportEntry, reportFormat } from '@overlay-render/golden'
import type { JobsDiff } from '@overlay-render/prow'
import type { Review } from '@overlay-render/render'

/** The changes to Prow's jobs as data; empty without jobs. */
export async function jobsJson(jobs: JobsDiff | undefined): Promise<object> {
  if (jobs === undefined) return {}
  const { formatJobsDiff } = await import('@overlay-render/prow')
  const value: unknown = JSON.parse(formatJobsDiff(jobs, 'json'))
  return { jobs: value }
}

/** A review as data. */
export function reviewJson(review: Review, changes: readonly ReportEntry[]): object {
  const { revision, commit, unaffected, orphans, borrowsConfiguration, needsAttention } = review
  return {
    base: revision,
    commit,
    borrowsConfiguration,
    needsAttention,
    overlays: review.overlays.map(
      ({ overlay, change, reasons, golden, fault, faultBefore, goldenFault, findings }) => ({
        overlay,
        change,
        reasons,
        golden:
          golden === undefined
            ? undefined
            : golden.missing
              ? 'missing'
              : golden.differs
                ? 'differs'
                : 'matches',
        fault: (fault ?? goldenFault)?.message,
        faultBefore: faultBefore?.message,
        findings,
      }),
    ),
    unaffected,
    findings: review.findings,
    orphans,
    report: JSON.parse(formatReport(changes, reportFormat('json'))) as unknown,
  }
}
