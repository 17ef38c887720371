import { formatReport, type ManifestDiff, type ReportEntry, reportFormat } from '@overlay-render/golden'
import type { JobsDiff } from '@overlay-render/prow'
import { parseShard, type Review, type ReviewedOverlay } from '@overlay-render/render'
import type { Fault, Finding } from '@overlay-render/system'

import { acceptCommand, explainCommands } from '../commands-to-run.ts'
import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { printFaults, worstStatus } from '../print-fault.ts'
import { startProgress } from '../progress-line.ts'
import { readReportRequests, screenReport, writeReports } from '../reports.ts'
import { affectedTable, summary } from './affected.ts'

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
  const { terminal } = context
  const reports = readReportRequests(flags.report ?? [])
  const shard = flags.shard === undefined ? undefined : parseShard(flags.shard)
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const review = await workspace
    .review(base, { jobs: flags.jobs, shard, onProgress: progress.onProgress })
    .finally(() => progress.stop())

  const jobs = workspace.hasJobs ? await workspace.jobsDiff(review.commit, '.') : undefined
  const changes = review.overlays.flatMap((overlay) => changeEntries(overlay, context))
  // Every part of a sharded review sees all jobs: the first one reports them.
  const notes = shard === undefined || shard.index === 1 ? await jobsEntries(jobs, review.revision) : []
  const verdicts = [
    ...review.overlays.flatMap((overlay) => verdictEntries(overlay, context)),
    ...orphanEntries(review),
  ]
  // A junit report passes or fails: a change is no failure, what needs a person is.
  const [junit, others] = [
    reports.filter(({ format }) => format === 'junit'),
    reports.filter(({ format }) => format !== 'junit'),
  ]
  await writeReports(junit, verdicts, workspace.guarded)
  await writeReports(others, [...notes, ...changes, ...orphanEntries(review)], workspace.guarded)

  const failed = review.overlays.flatMap(({ overlay, fault, goldenFault }) =>
    [fault, goldenFault].flatMap((one) => (one === undefined ? [] : [{ overlay, fault: one }])),
  )
  if (terminal.json) {
    terminal.stdout.write(
      `${JSON.stringify({ ...reviewJson(review, changes), ...(await jobsJson(jobs)) }, undefined, 2)}\n`,
    )
  } else {
    await printJobs(jobs, review.revision, terminal)
    printReview(review, context)
    if (failed.length > 0) printFaults(failed, terminal)
  }
  if (failed.length > 0) return worstStatus(failed)
  return review.needsAttention ? ExitStatus.difference : ExitStatus.fine
}

/** What the change does to Prow's jobs, when it does anything. */
async function printJobs(
  jobs: JobsDiff | undefined,
  revision: string,
  terminal: CommandContext['terminal'],
): Promise<void> {
  if (jobs === undefined) return
  const { formatJobsDiff, isNoChange } = await import('@overlay-render/prow')
  if (isNoChange(jobs)) return
  terminal.stdout.write(`${formatJobsDiff(named(jobs, revision), 'text', { colour: terminal.colour })}\n`)
}

/** The same for a page: nothing when the change does nothing to jobs. */
async function jobsEntries(jobs: JobsDiff | undefined, revision: string): Promise<ReportEntry[]> {
  if (jobs === undefined) return []
  const { formatJobsDiff, isNoChange, summarizeJobs } = await import('@overlay-render/prow')
  if (isNoChange(jobs)) return []
  const text = formatJobsDiff(named(jobs, revision), 'text')
  return [{ title: 'Prow jobs', summary: summarizeJobs(jobs), text }]
}

function named(jobs: JobsDiff, revision: string): JobsDiff {
  return { ...jobs, before: `jobs of ${revision}`, after: 'work tree' }
}

async function jobsJson(jobs: JobsDiff | undefined): Promise<object> {
  if (jobs === undefined) return {}
  const { formatJobsDiff } = await import('@overlay-render/prow')
  const value: unknown = JSON.parse(formatJobsDiff(jobs, 'json'))
  return { jobs: value }
}

/** What the change does to an overlay, for a person. */
function changeEntries(
  { overlay, change, diff, fault, faultBefore, golden, findings }: ReviewedOverlay,
  { folder }: CommandContext,
): ReportEntry[] {
  const title = change === 'changed' ? overlay : `${overlay} (${change})`
  const accept = {
    ...(golden?.differs === true ? { acceptCommand: acceptCommand(folder, [overlay]) } : {}),
    explainCommand: explainCommands(folder, overlay),
  }
  // Findings that are not new are no part of what the change does.
  if (diff !== undefined)
    return [{ title, diff: { ...diff, findings: [...findings, ...ofChanges(diff)] }, ...accept }]
  return [{ title, problem: problemOf(fault, faultBefore) }]
}

function ofChanges({ findings }: ManifestDiff): readonly Finding[] {
  return findings.filter(({ rule }) => rule !== 'duplicate-identity')
}

function problemOf(fault: Fault | undefined, faultBefore: Fault | undefined): string {
  if (fault !== undefined) return fault.message
  return `it could not be rendered before the change: ${faultBefore?.message ?? 'unknown'}`
}

/** What an overlay must pass: it renders, and its golden matches. */
function verdictEntries(
  { overlay, fault, golden, goldenFault, findings }: ReviewedOverlay,
  { folder }: CommandContext,
): ReportEntry[] {
  const problem = fault ?? goldenFault
  if (problem !== undefined) return [{ title: overlay, problem: problem.message }]
  const news = findings.map(({ message }) => ({ title: `${overlay}: new finding`, problem: message }))
  return golden === undefined
    ? news
    : [
        ...news,
        {
          title: overlay,
          diff: golden.diff,
          explainCommand: explainCommands(folder, overlay),
          ...(golden.differs ? { acceptCommand: acceptCommand(folder, [overlay]) } : {}),
        },
      ]
}

function orphanEntries({ orphans }: Review): ReportEntry[] {
  return orphans.map((overlay) => ({
    title: overlay,
    problem: 'the overlay is gone, and its golden is still there',
  }))
}

function printReview(review: Review, context: CommandContext): void {
  const { terminal, folder } = context
  const { revision, overlays, orphans } = review
  for (const line of affectedTable(overlays, terminal.width)) terminal.stdout.write(`${line}\n`)
  // What is new is told below, with its place.
  const changes = review.overlays.flatMap((overlay) => changeEntries({ ...overlay, findings: [] }, context))
  const told = changes.filter((entry) => 'diff' in entry && entry.diff.resources.length > 0)
  // The last line says how to accept all at once.
  const screen = told.map((entry) => ('diff' in entry ? { title: entry.title, diff: entry.diff } : entry))
  if (screen.length > 0) terminal.stdout.write(`\n${screenReport(screen, terminal)}\n`)
  for (const { overlay, faultBefore, fault } of overlays) {
    if (faultBefore !== undefined && fault === undefined)
      terminal.stdout.write(`${overlay}: ${problemOf(undefined, faultBefore)}\n`)
  }
  for (const { overlay, findings } of overlays) {
    for (const { message, position } of findings) {
      const place = position === undefined ? '' : `${position.file}:${position.line}:${position.column}: `
      terminal.stdout.write(`new in ${overlay}: ${place}${message}\n`)
    }
  }
  if (terminal.quiet) return
  terminal.stdout.write(`${summary(revision, { ...review, affected: overlays })}\n`)
  if (orphans.length > 0) terminal.stdout.write(`A golden, but no overlay any more: ${orphans.join(', ')}.\n`)
  const differing = overlays.filter(({ golden }) => golden?.differs === true).map(({ overlay }) => overlay)
  if (differing.length + orphans.length > 0) {
    terminal.stdout.write(`To accept: ${acceptCommand(folder, [...differing, ...orphans])}\n`)
  } else if (!review.needsAttention) terminal.stdout.write(`${verdictOf(review, folder)}\n`)
}

/** Without goldens nothing was compared with them: the workspace keeps none yet, or the change reaches no overlay. */
function verdictOf({ overlays }: Review, folder: string): string {
  if (overlays.some(({ golden }) => golden !== undefined)) return 'Goldens match; nothing new needs a person.'
  return overlays.length === 0
    ? 'Nothing needs a person.'
    : `Nothing needs a person. There are no goldens yet: ${acceptCommand(folder, [])} makes them.`
}

function reviewJson(review: Review, changes: readonly ReportEntry[]): object {
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
    orphans,
    report: JSON.parse(formatReport(changes, reportFormat('json'))) as unknown,
  }
}
