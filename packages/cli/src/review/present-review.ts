import { resolve } from 'node:path'

import { type ReviewPart, writeReviewPart } from '@overlay-render/render'
import { writeTo } from '@overlay-render/system'

import type { CommandContext } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { printFaults, worstStatus } from '../print-fault.ts'
import { reportRequest, type ReportRequest, splitReports, type WrittenRequest } from '../report-requests.ts'
import { writeReports } from '../reports.ts'
import { printJobs, printReview } from './print-review.ts'
import {
  changeEntries,
  elsewhereNotes,
  elsewhereVerdicts,
  jobsEntries,
  orphanEntries,
  unreadNotes,
  verdictEntries,
} from './review-entries.ts'
import { reviewJson } from './review-json.ts'

/** The requested reports. */
export interface ReviewReports {
  readonly pages: readonly ReportRequest[]
  /** The files of `part=FILE`, for `report merge`. */
  readonly parts: readonly string[]
}

/** Parses the values of `--report` for a review. @throws GoldenFault `format-unknown`; Fault `report-invalid` */
export function readReviewReports(values: readonly string[]): ReviewReports {
  const wanted = splitReports(values)
  const isPart = ({ format }: WrittenRequest): boolean => format === 'part'
  return {
    pages: wanted.filter((request) => !isPart(request)).map(reportRequest),
    parts: wanted.filter(isPart).map(({ file }) => file),
  }
}

/**
 * Prints a review or one part of it, and writes its reports. Returns the exit status: 1 when a golden differs or there is a new
 * finding.
 *
 * @param guarded real paths of folders in which no link is followed
 */
export async function presentReview(
  context: CommandContext,
  part: ReviewPart,
  reports: ReviewReports,
  guarded: readonly string[],
): Promise<number> {
  const { terminal } = context
  const { review, jobs } = part
  const changes = review.overlays.flatMap((overlay) => changeEntries(overlay, context))
  // All shards see the same orphans, so only the first one reports them.
  const orphans = part.shard.index === 1 ? orphanEntries(review) : []
  const verdicts = [
    ...review.overlays.flatMap((overlay) => verdictEntries(overlay, context)),
    ...elsewhereVerdicts(review),
    ...orphans,
  ]
  const notes = [
    ...(await jobsEntries(jobs, review.revision)),
    ...elsewhereNotes(review),
    ...unreadNotes(review),
  ]
  // A junit report passes or fails. A change of the output is no failure; a differing golden or a new finding is.
  const isJunit = ({ format }: ReportRequest): boolean => format === 'junit'
  await writeReports(reports.pages.filter(isJunit), verdicts, guarded)
  await writeReports(
    reports.pages.filter((page) => !isJunit(page)),
    [...notes, ...changes, ...orphans],
    guarded,
  )
  for (const file of reports.parts)
    await writeTo(resolve(file), writeReviewPart(part), { guarded, shown: file })

  const failed = review.overlays.flatMap(({ overlay, fault, goldenFault }) =>
    [fault, goldenFault].flatMap((one) => (one === undefined ? [] : [{ overlay, fault: one }])),
  )
  if (terminal.json) {
    terminal.stdout.write(await reviewJson(review, changes, jobs))
  } else {
    await printJobs(jobs, review.revision, terminal)
    printReview(review, context)
    if (failed.length > 0) printFaults(failed, terminal)
  }
  if (failed.length > 0) return worstStatus(failed)
  return review.needsAttention ? ExitStatus.difference : ExitStatus.fine
}
