import type { ReportFormat } from '@overlay-render/golden'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'
import type { ReportRequest } from '../report-requests.ts'
import { screenReport, writeReports } from '../reports.ts'
import { liveEntries, needsAttention } from '../live-entries.ts'

/** What to print and write of a comparison with a cluster. */
export interface LiveReports {
  readonly format: ReportFormat
  readonly reports: readonly ReportRequest[]
  readonly secrets: 'real' | 'stub' | undefined
}

/** Shows the differences between a cluster and another side. Exits 1 when there are any, or something could not be read. */
export async function diffLive(
  context: CommandContext,
  { format, reports, secrets }: LiveReports,
  before: string,
  after: string,
): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const diffs = await workspace
    .diffLive(before, after, { ...progress, secrets })
    .finally(() => progress.stop())
  const entries = liveEntries(diffs)
  await writeReports(reports, entries, workspace.guarded)
  terminal.stdout.write(screenReport(entries, terminal, format))
  return needsAttention(diffs) ? ExitStatus.difference : ExitStatus.fine
}
