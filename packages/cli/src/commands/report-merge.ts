import { mergeReviewParts, readReviewPart } from '@overlay-render/render'

import { type CommandContext, openWorkspaceIfAny } from '../context.ts'
import { presentReview, readReviewReports } from '../review/present-review.ts'

/** Makes one review of its parts, and shows it as the whole would have been shown. Nothing is rendered. */
export async function reportMergeCommand(
  context: CommandContext,
  files: readonly string[],
  flags: { readonly report?: readonly string[] },
): Promise<number> {
  const reports = readReviewReports(flags.report ?? [])
  const parts = await Promise.all(files.map(async (file) => ({ file, ...(await readReviewPart(file)) })))
  const whole = mergeReviewParts(parts)
  // Where the workspace is, no report is written through a link of it.
  const workspace = await openWorkspaceIfAny(context)
  return presentReview(context, whole, reports, workspace?.guarded ?? [])
}
