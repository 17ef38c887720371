import { parseShard } from '@overlay-render/render'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { startProgress } from '../progress-line.ts'
import { presentReview, readReviewReports } from '../review/present-review.ts'

export interface ReviewFlags {
  readonly jobs?: number
  readonly report?: readonly string[]
  readonly shard?: string
}

/** Shows what a change does. Exits 1 when a golden or a new finding needs a person. */
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
  // Every part of a sharded review would say the same of the jobs: the first one does.
  const hasJobs = shard.index === 1 && workspace.hasJobs
  const jobs = hasJobs ? await workspace.jobsDiff(review.commit, '.') : undefined
  return presentReview(context, { shard, review, jobs }, reports, workspace.guarded)
}
