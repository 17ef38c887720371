import { type Change, compareValues, equalValues, toJson } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import type { JobType } from '../jobs/defaults.ts'
import type { EffectiveJob, Prow } from '../jobs/load-prow.ts'
import { branchesOf, matchJobs } from './match-jobs.ts'
import { withoutName } from './without-name.ts'

/** A job as reports name it. */
export interface JobReference {
  readonly type: JobType
  readonly repo: string | undefined
  readonly name: string
  readonly branches: readonly string[]
  readonly position: Position
}

/** Changes that the same jobs have, and no others. A job with several changes can be in several groups. */
export interface JobGroup {
  readonly changes: readonly Change[]
  readonly jobs: readonly JobReference[]
}

/** A job that got another name. `changes` is what else differs. */
export interface RenamedJob {
  readonly before: JobReference
  readonly after: JobReference
  readonly changes: readonly Change[]
}

/** What differs between the effective jobs of two Prow configurations. */
export interface JobsDiff {
  /** What the sides are called. */
  readonly before: string
  readonly after: string
  readonly jobsBefore: number
  readonly jobsAfter: number
  readonly added: readonly JobReference[]
  readonly removed: readonly JobReference[]
  readonly renamed: readonly RenamedJob[]
  /** What changed, each with all jobs that changed so; the most jobs first. */
  readonly changed: readonly JobGroup[]
  /** How many jobs `changed` is about. */
  readonly changedJobs: number
  /** How many jobs are the same in effect although they are written in another way. */
  readonly rewritten: number
}

/** How many jobs differ in effect. */
export function countChanged({ added, removed, renamed, changedJobs }: JobsDiff): number {
  return added.length + removed.length + renamed.length + changedJobs
}

/** Whether nothing happens to any job, not even to how it is written. */
export function isNoChange(diff: JobsDiff): boolean {
  return countChanged(diff) + diff.rewritten === 0
}

/** Compares the effective jobs of two configurations. `names` is what the sides are called in reports. */
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

/** Equal changes are one, with its jobs; then changes of exactly the same jobs are one group. */
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

/** Two changes are the same when their paths and values are; where an item is in its list does not count. */
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

/** What reports need to name a job. */
export function referTo(job: EffectiveJob): JobReference {
  const { type, repo, name, position } = job
  return { type, repo, name, position, branches: branchesOf(job) }
}
