import { type Change, describeChange, printable } from '@overlay-render/golden'

import { countChanged, type JobReference, type JobsDiff, type RenamedJob } from '../jobs-diff.ts'
import { editedLines, type ReportLine } from './edited-lines.ts'

/** A change of a job, for reports. */
export interface DescribedChange {
  readonly path: string
  readonly note: string
  readonly lines: readonly ReportLine[]
}

/** Most lines that are shown of a changed text. */
const MAX_LINES = 60

/** Describes changes for reports. */
export function describe(changes: readonly Change[]): DescribedChange[] {
  return changes.map((change) => {
    const { path, note, lines } = describeChange(change, MAX_LINES)
    return { path, note, lines: editedLines(lines) }
  })
}

/** The title of a job: `presubmit kubevirt/kubevirt pull-unit (main)`. */
export function jobTitle({ type, repo, name, branches }: JobReference): string {
  const where = branches.length === 0 ? '' : ` (${shorten(branches.join(', '))})`
  return printable([type, repo, name].filter((part) => part !== undefined).join(' ') + where)
}

/** Most characters of branches in a title; regular expressions for versions are longer. */
const MAX_BRANCHES = 60

function shorten(text: string): string {
  return text.length <= MAX_BRANCHES ? text : `${text.slice(0, MAX_BRANCHES)}…`
}

/** The title of a renamed job. */
export function renameTitle({ before, after }: RenamedJob): string {
  return `${jobTitle(before)} → ${printable(after.name)}`
}

/** The names of the two sides; `.` is the work tree. */
export function sidesTitle({ before, after }: JobsDiff): string {
  return [before, after].map((side) => (side === '.' ? 'the work tree' : side)).join(' → ')
}

/** The summary of a diff: `0 of 1,644 jobs change`, then the number of each kind of change. */
export function summarizeJobs(diff: JobsDiff): string {
  const changed = countChanged(diff)
  const total = number(Math.max(diff.jobsAfter + diff.removed.length, diff.jobsBefore))
  const counts = [
    [diff.added.length, 'added'],
    [diff.removed.length, 'removed'],
    [diff.renamed.length, 'renamed'],
    [diff.changedJobs, 'changed'],
  ] as const
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`)
  const rewritten =
    diff.rewritten === 0
      ? ''
      : `; ${number(diff.rewritten)} more ${diff.rewritten === 1 ? 'is' : 'are'} written differently to the same effect`
  return `${number(changed)} of ${total} jobs change${parts.length === 0 ? '' : `: ${parts.join(', ')}`}${rewritten}`
}

/** The title of a group of jobs with equal changes. */
export function groupTitle(jobs: readonly JobReference[]): string {
  const [first] = jobs
  return jobs.length === 1 && first !== undefined
    ? jobTitle(first)
    : `${number(jobs.length)} ${jobs.length === 1 ? 'job' : 'jobs'}`
}

/** Formats a number with separators: `1,656`. */
export function number(count: number): string {
  return count.toLocaleString('en-US')
}
