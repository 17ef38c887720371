import { type Change, compareValues, equalValues, toJson } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import type { JobType } from '../jobs/defaults.ts'
import type { EffectiveJob, Prow } from '../jobs/load-prow.ts'
import { branchesOf, matchJobs } from './match-jobs.ts'
import { withoutName } from './without-name.ts'

/** A job, for reports. */
export interface JobReference {
  readonly type: JobType
  readonly repo: string | undefined
  readonly name: string
  readonly branches: readonly string[]
  readonly position: Position
}

/** Changes that exactly the same jobs have. A job with several changes can be in several groups. */
export interface JobGroup {
  readonly changes: readonly Change[]
  readonly jobs: readonly JobReference[]
}

/** A renamed job. `changes` are its other differences. */
export interface RenamedJob {
  readonly before: JobReference
  readonly after: JobReference
  readonly changes: readonly Change[]
}

/** The differences between the effective jobs of two Prow configurations. */
export interface JobsDiff {
  /** The names of the sides. */
  readonly before: string
  readonly after: string
  readonly jobsBefore: number
  readonly jobsAfter: number
  readonly added: readonly JobReference[]
  readonly removed: readonly JobReference[]
  readonly renamed: readonly RenamedJob[]
  /** The changes, grouped by the jobs that have them; largest groups first. */
  readonly changed: readonly JobGroup[]
  /** The number of jobs in `changed`. */
  readonly changedJobs: number
  /** The number of jobs that are written differently but are the same in effect. */
  readonly rewritten: number
}

/** The number of jobs that differ in effect. */
export function countChanged({ added, removed, renamed, changedJobs }: JobsDiff): number {
  return added.length + removed.length + renamed.length + changedJobs
}

/** Whether no job differs, not even in how it is written. */
export function isNoChange(diff: JobsDiff): boolean {
  return countChanged(diff) + diff.rewritten === 0
}

/** Compares the effective jobs of two configurations. `names` are the names of the sides in reports. */
export function diffJobs(before: Prow, after: Prow, names: { before: string; after: string }): JobsDiff {
  const { pairs, added, removed } = matchJobs(before.jobs, after.jobs)
  const renamed: RenamedJob[] = []
  const changed: { job: JobReference; changes: readonly Change[] }[] = []
  let rewritten = 0
  for (const [old, fresh] of pairs) {
    if (old.name !== fresh.name) {
      const changes = compareValues(withoutName(old), withoutName(fresh))
      renamed.push({ before: referTo(old), after: referTo(fresh), changes })
    } else if (!equalValues(old.job, fresh.job)) {
      changed.push({ job: referTo(fresh), changes: compareValues(old.job, fresh.job) })
    } else if (!equalValues(old.written, fresh.written)) rewritten++
  }
  return {
    ...names,
    jobsBefore: before.jobs.length,
    jobsAfter: after.jobs.length,
    added: added.map(referTo),
    removed: removed.map(referTo),
    renamed,
    changed: groupChanges(changed),
    changedJobs: changed.length,
    rewritten,
  }
}

/** Merges equal changes with their jobs, then groups changes of exactly the same jobs. */
function groupChanges(
  changed: readonly { readonly job: JobReference; readonly changes: readonly Change[] }[],
): JobGroup[] {
  const byChange = new Map<string, { change: Change; jobs: number[] }>()
  for (const [index, { changes }] of changed.entries()) {
    for (const change of changes) {
      const key = changeKey(change)
      const known = byChange.get(key)
      if (known === undefined) byChange.set(key, { change, jobs: [index] })
      else known.jobs.push(index)
    }
  }
  const byJobs = new Map<string, { changes: Change[]; jobs: readonly number[] }>()
  for (const { change, jobs } of byChange.values()) {
    const group = byJobs.get(jobs.join())
    if (group === undefined) byJobs.set(jobs.join(), { changes: [change], jobs })
    else group.changes.push(change)
  }
  return [...byJobs.values()]
    .toSorted((a, b) => b.jobs.length - a.jobs.length)
    .map(({ changes, jobs }) => ({ changes, jobs: jobs.flatMap((index) => changed[index]?.job ?? []) }))
}

/** A key that equal changes share: their path and values, without the index of list items. */
function changeKey(change: Change): string {
  const path = change.path
    .map((step) =>
      step.kind === 'item' ? step.fields.map(({ value }) => value).join() : JSON.stringify(step),
    )
    .join('/')
  switch (change.kind) {
    case 'added':
      return `+${path}=${toJson(change.after)}`
    case 'removed':
      return `-${path}=${toJson(change.before)}`
    case 'replaced':
      return `~${path}=${toJson(change.before)}>${toJson(change.after)}`
    default:
      return JSON.stringify(change)
  }
}

/** The part of a job that reports need. */
export function referTo(job: EffectiveJob): JobReference {
  const { type, repo, name, position } = job
  return { type, repo, name, position, branches: branchesOf(job) }
}
