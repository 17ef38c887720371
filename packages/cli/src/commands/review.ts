import { parseShard } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { startProgress } from '../progress-line.ts'
import { presentReview, readReviewReports } from '../review/present-review.ts'

/** The flags of `review`. */
export interface ReviewFlags {
  readonly jobs?: number
  readonly report?: readonly string[]
  readonly shard?: string
}

/** Shows the effect of a change. Exits 1 when a golden differs or there is a new finding. */
export async function reviewCommand(
  context: CommandContext,
  base: string,
  flags: ReviewFlags,
): Promise<number> {
  const reports = readReviewReports(flags.report ?? [])
  const shard = parseShard(flags.shard ?? '1/1')
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(context.terminal)
  const review = await workspace
    .review(base, { jobs: flags.jobs, shard, onProgress: progress.onProgress })
    .finally(() => progress.stop())
  // All shards would report the same about the jobs, so only the first one does.
  const hasJobs = shard.index === 1 && workspace.hasJobs
  const jobs = hasJobs ? await workspace.jobsDiff(review.commit, '.') : undefined
  return presentReview(context, { shard, review, jobs }, reports, workspace.guarded)
}
