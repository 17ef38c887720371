import type { JobsDiff } from '@overlay-render/prow'
import type { Review } from '@overlay-render/render'

import { affectedTable, summary } from '../commands/affected.ts'
import { acceptCommand } from '../commands-to-run.ts'
import type { CommandContext } from '../context.ts'
import { screenReport } from '../reports.ts'
import { changeEntries, findingLine, named, problemOf, unreadLine } from './review-entries.ts'

/** Prints the changes to Prow's jobs, if any. */
export async function printJobs(
  jobs: JobsDiff | undefined,
  revision: string,
  terminal: CommandContext['terminal'],
): Promise<void> {
  if (jobs === undefined) return
  const { formatJobsDiff, isNoChange } = await import('@overlay-render/prow')
  if (isNoChange(jobs)) return
  terminal.stdout.say(`${formatJobsDiff(named(jobs, revision), 'text', { colour: terminal.colour })}\n`)
}

/** Prints a review on the terminal. */
export function printReview(review: Review, context: CommandContext): void {
  const { terminal, folder } = context
  const { revision, overlays, orphans, inNoOverlay } = review
  for (const line of affectedTable(overlays, terminal.width)) terminal.stdout.say(`${line}\n`)
  // New findings are printed below, with their positions.
  const changes = review.overlays.flatMap((overlay) => changeEntries({ ...overlay, findings: [] }, context))
  const told = changes.filter((entry) => 'diff' in entry && entry.diff.resources.length > 0)
  // The last line has the command that accepts all.
  const screen = told.map((entry) => ('diff' in entry ? { title: entry.title, diff: entry.diff } : entry))
  if (screen.length > 0) terminal.stdout.write(`\n${screenReport(screen, terminal)}\n`)
  for (const { overlay, faultBefore, fault } of overlays) {
    if (faultBefore !== undefined && fault === undefined)
      terminal.stdout.say(`${overlay}: ${problemOf(undefined, faultBefore)}\n`)
  }
  for (const { overlay, findings } of overlays) {
    for (const { message, position } of findings) {
      const place = position === undefined ? '' : `${position.file}:${position.line}:${position.column}: `
      terminal.stdout.say(`new in ${overlay}: ${place}${message}\n`)
    }
  }
  for (const finding of review.findings) terminal.stdout.say(`new: ${findingLine(finding)}\n`)
  if (terminal.quiet) return
  terminal.stdout.say(`${summary(revision, { ...review, affected: review.reached })}\n`)
  if (inNoOverlay !== undefined && inNoOverlay.count > 0) terminal.stdout.say(`${unreadLine(inNoOverlay)}\n`)
  if (orphans.length > 0) terminal.stdout.say(`A golden without an overlay: ${orphans.join(', ')}.\n`)
  const differing = overlays.filter(({ golden }) => golden?.differs === true).map(({ overlay }) => overlay)
  if (differing.length + orphans.length > 0) {
    terminal.stdout.say(`To accept: ${acceptCommand(folder, [...differing, ...orphans])}\n`)
  } else if (!review.needsAttention) terminal.stdout.say(`${verdictOf(review, folder)}\n`)
}

/** The verdict. Nothing was compared with goldens when the workspace has none, or the change affects no overlay. */
function verdictOf({ overlays }: Review, folder: string): string {
  if (overlays.some(({ golden }) => golden !== undefined))
    return 'Goldens match, and there are no new findings.'
  return overlays.length === 0
    ? 'There are no new findings.'
    : `There are no new findings. There are no goldens yet: ${acceptCommand(folder, [])} makes them.`
}
