import { reportFormat } from '@overlay-render/golden'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'
import { readReportRequests, screenReport, writeReports } from '../reports.ts'

export interface DiffFlags {
  readonly format?: string
  readonly report?: readonly string[]
}

/** Shows what differs between two sides. Exits 1 when something does. */
export async function diffCommand(
  context: CommandContext,
  flags: DiffFlags,
  before: string,
  after: string,
): Promise<number> {
  const { terminal } = context
  const format = reportFormat(flags.format ?? (terminal.json ? 'json' : 'text'))
  const reports = readReportRequests(flags.report ?? [])
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const diff = await workspace.diff(before, after, progress).finally(() => progress.stop())
  const entries = [{ title: `${before} → ${after}`, diff }]
  await writeReports(reports, entries)
  const differs = diff.resources.length > 0
  if (format !== 'text' || differs) terminal.stdout.write(screenReport(entries, terminal, format))
  else if (!terminal.quiet)
    terminal.stdout.write(`${before} and ${after} are the same: ${diff.unchanged} resources.\n`)
  return differs ? ExitStatus.difference : ExitStatus.fine
}
