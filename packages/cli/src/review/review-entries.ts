import type { CheckFinding } from '@overlay-render/check'
import { type ManifestDiff, plural, type ReportEntry } from '@overlay-render/golden'
import type { JobsDiff } from '@overlay-render/prow'
import type { FilesInNoOverlay, Review, ReviewedOverlay } from '@overlay-render/render'
import { type Fault, type Finding, formatPosition, listSome } from '@overlay-render/system'

import { acceptCommand, explainCommands } from '../commands-to-run.ts'
import type { CommandContext } from '../context.ts'
import { failedEntry } from '../print-fault.ts'

/** The changes to Prow's jobs, for a page; empty when there are none. */
export async function jobsEntries(jobs: JobsDiff | undefined, revision: string): Promise<ReportEntry[]> {
  if (jobs === undefined) return []
  const { formatJobsDiff, isNoChange, summarizeJobs } = await import('@overlay-render/prow')
  if (isNoChange(jobs)) return []
  const text = formatJobsDiff(named(jobs, revision), 'text')
  return [{ title: 'Prow jobs', summary: summarizeJobs(jobs), text }]
}

/** The jobs diff with titles for a review. */
export function named(jobs: JobsDiff, revision: string): JobsDiff {
  return { ...jobs, before: `jobs of ${revision}`, after: 'work tree' }
}

/** The changes of one overlay, for a report. */
export function changeEntries(
  { overlay, change, diff, fault, faultBefore, golden, findings }: ReviewedOverlay,
  { folder }: CommandContext,
): ReportEntry[] {
  const title = change === 'changed' ? overlay : `${overlay} (${change})`
  const accept = {
    ...(golden?.differs === true ? { acceptCommand: acceptCommand(folder, [overlay]) } : {}),
    explainCommand: explainCommands(folder, overlay),
  }
  // Only new findings belong to the change.
  if (diff !== undefined)
    return [{ title, diff: { ...diff, findings: [...findings, ...ofChanges(diff)] }, ...accept }]
  const problem = problemOf(fault, faultBefore)
  const failure = fault ?? faultBefore
  const entry = failure === undefined ? { title, problem } : failedEntry(title, failure, problem)
  return [entry, ...findingNotes(title, findings)]
}

/** New findings of no overlay, and of overlays that the change does not affect. */
export function elsewhereNotes({ findings }: Review): ReportEntry[] {
  return findingNotes('New findings', findings)
}

/** The changed files that no overlay reads, so that nobody takes them for reviewed. */
export function unreadNotes({ inNoOverlay }: Review): ReportEntry[] {
  if (inNoOverlay === undefined || inNoOverlay.count === 0) return []
  const { count, files } = inNoOverlay
  const more = count > files.length ? [`and ${count - files.length} more`] : []
  return [
    { title: 'In no overlay', summary: plural(count, 'changed file'), text: [...files, ...more].join('\n') },
  ]
}

const MAX_NAMES = 5

/** The same in one line. */
export function unreadLine({ count, files }: FilesInNoOverlay): string {
  const names = listSome(files, MAX_NAMES, count)
  return `${plural(count, 'changed file')} ${count === 1 ? 'is' : 'are'} in no overlay: ${names}.`
}

/** New findings outside of a comparison, one a line with its hint below. */
function findingNotes(title: string, findings: readonly (Finding | CheckFinding)[]): ReportEntry[] {
  if (findings.length === 0) return []
  const text = findings
    .flatMap((finding) => [
      findingLine(finding),
      ...(finding.hint === undefined ? [] : [`  hint: ${finding.hint}`]),
    ])
    .join('\n')
  return [{ title, summary: plural(findings.length, 'new finding'), text }]
}

/** A finding in one line, with its position, overlays and rule. */
export function findingLine(finding: Finding | CheckFinding): string {
  const { position, severity, message, rule } = finding
  const overlays = 'overlays' in finding ? finding.overlays : []
  const place = position === undefined ? '' : `${formatPosition(position)}: `
  return `${place}${severity}: ${message}${overlays.length === 0 ? '' : ` (${overlays.join(', ')})`} [${rule}]`
}

function ofChanges({ findings }: ManifestDiff): readonly Finding[] {
  return findings.filter(({ rule }) => rule !== 'duplicate-identity')
}

/** Why an overlay has no comparison. */
export function problemOf(fault: Fault | undefined, faultBefore: Fault | undefined): string {
  if (fault !== undefined) return fault.message
  return `it could not be rendered before the change: ${faultBefore?.message ?? 'unknown'}`
}

/** The checks of an overlay: it renders, has no new findings, and matches its golden. */
export function verdictEntries(
  { overlay, fault, golden, goldenFault, findings }: ReviewedOverlay,
  { folder }: CommandContext,
): ReportEntry[] {
  const failure = fault ?? goldenFault
  const news = findings.map(({ message }) => ({ title: `${overlay}: new finding`, problem: message }))
  if (failure !== undefined) return [...news, failedEntry(overlay, failure)]
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

/** The checks of a workspace besides its overlays. */
export function elsewhereVerdicts({ findings }: Review): ReportEntry[] {
  return findings.map((finding) => ({ title: 'new finding', problem: findingLine(finding) }))
}

/** The goldens of deleted overlays, as problems. */
export function orphanEntries({ orphans }: Review): ReportEntry[] {
  return orphans.map((overlay) => ({
    title: overlay,
    problem: 'the overlay was deleted, but its golden still exists',
  }))
}
