import { mergeReviewParts, readReviewPart } from '@overlay-render/render'

import { type CommandContext, openWorkspaceIfAny } from '../context.ts'
import { presentReview, readReviewReports } from '../review/present-review.ts'

/** Merges the parts of a review, and prints the result like a complete review. Renders nothing. */
export async function reportMergeCommand(
  context: CommandContext,
  files: readonly string[],
  flags: { readonly report?: readonly string[] },
): Promise<number> {
  const reports = readReviewReports(flags.report ?? [])
  const parts = await Promise.all(files.map(async (file) => ({ file, ...(await readReviewPart(file)) })))
  const whole = mergeReviewParts(parts)
  // If there is a workspace, no report is written through a link in it.
  const workspace = await openWorkspaceIfAny(context)
  return presentReview(context, whole, reports, workspace?.guarded ?? [])
}
