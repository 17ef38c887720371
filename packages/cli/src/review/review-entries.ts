import type { ManifestDiff, ReportEntry } from '@overlay-render/golden'
import type { JobsDiff } from '@overlay-render/prow'
import type { Review, ReviewedOverlay } from '@overlay-render/render'
import type { Fault, Finding } from '@overlay-render/system'

import { acceptCommand, explainCommands } from '../commands-to-run.ts'
import type { CommandContext } from '../context.ts'

/** What the change does to Prow's jobs, for a page: nothing when it does nothing to them. */
export async function jobsEntries(jobs: JobsDiff | undefined, revision: string): Promise<ReportEntry[]> {
  if (jobs === undefined) return []
  const { formatJobsDiff, isNoChange, summarizeJobs } = await import('@overlay-render/prow')
  if (isNoChange(jobs)) return []
  const text = formatJobsDiff(named(jobs, revision), 'text')
  return [{ title: 'Prow jobs', summary: summarizeJobs(jobs), text }]
}

export function named(jobs: JobsDiff, revision: string): JobsDiff {
  return { ...jobs, before: `jobs of ${revision}`, after: 'work tree' }
}

/** What the change does to an overlay, for a person. */
export function changeEntries(
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

export function problemOf(fault: Fault | undefined, faultBefore: Fault | undefined): string {
  if (fault !== undefined) return fault.message
  return `it could not be rendered before the change: ${faultBefore?.message ?? 'unknown'}`
}

/** What an overlay must pass: it renders, and its golden matches. */
export function verdictEntries(
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

export function orphanEntries({ orphans }: Review): ReportEntry[] {
  return orphans.map((overlay) => ({
    title: overlay,
    problem: 'the overlay is gone, and its golden is still there',
  }))
}
