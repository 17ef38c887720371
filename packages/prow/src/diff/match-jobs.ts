import { groupBy } from '@overlay-render/system'

import { toJson } from '@overlay-render/golden'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textsOf } from '../jobs/repository.ts'
import { withoutName } from './without-name.ts'

/** The jobs of two configurations, matched. */
export interface MatchedJobs {
  readonly pairs: readonly (readonly [before: EffectiveJob, after: EffectiveJob])[]
  readonly added: readonly EffectiveJob[]
  readonly removed: readonly EffectiveJob[]
}

/** The branches that a job runs for; skipped ones start with `!`. */
export function branchesOf({ job }: EffectiveJob): string[] {
  return [...textsOf(job, 'branches'), ...textsOf(job, 'skip_branches').map((branch) => `!${branch}`)]
}

const place = ({ type, repo }: EffectiveJob): string => `${type} ${repo ?? ''}`

/** What identifies a job, most specific first. Jobs that one key does not match are tried with the next. */
const KEYS: readonly ((job: EffectiveJob) => string)[] = [
  (job) => `${place(job)} ${job.name} ${branchesOf(job).join()}`,
  (job) => `${place(job)} ${job.name}`,
  // Only the name differs: the job was renamed.
  (job) => `${place(job)} ${toJson(withoutName(job))}`,
]

/** Matches the jobs of the new configuration with those of the old one. */
export function matchJobs(before: readonly EffectiveJob[], after: readonly EffectiveJob[]): MatchedJobs {
  const partner = new Map<EffectiveJob, EffectiveJob>()
  let [old, fresh] = [before, after]
  const take = (pairs: Iterable<readonly [EffectiveJob, EffectiveJob]>): void => {
    const taken = new Set<EffectiveJob>()
    for (const [one, other] of pairs) {
      partner.set(other, one)
      taken.add(one)
    }
    old = old.filter((job) => !taken.has(job))
    fresh = fresh.filter((job) => !partner.has(job))
  }
  for (const key of KEYS) {
    if (old.length > 0 && fresh.length > 0) take(pairBy(key, old, fresh))
  }
  take(pairAlike(old, fresh))
  return {
    pairs: after.flatMap((job) => {
      const match = partner.get(job)
      return match === undefined ? [] : [[match, job] as const]
    }),
    added: fresh,
    removed: old,
  }
}

/** Pairs jobs with the same key in order. */
function* pairBy(
  key: (job: EffectiveJob) => string,
  before: readonly EffectiveJob[],
  after: readonly EffectiveJob[],
): Generator<readonly [EffectiveJob, EffectiveJob]> {
  const byKey = groupBy(before, key)
  for (const job of after) {
    const match = byKey.get(key(job))?.shift()
    if (match !== undefined) yield [match, job]
  }
}

/** With a lower share of equal lines, two jobs count as different. */
const MIN_SIMILARITY = 0.8
/** With more candidates in one repository, renamed jobs cannot be told apart. */
const MAX_CANDIDATES = 200

/** Pairs renamed jobs with other changes: the most similar pairs of a repository first. */
function* pairAlike(
  before: readonly EffectiveJob[],
  after: readonly EffectiveJob[],
): Generator<readonly [EffectiveJob, EffectiveJob]> {
  const old = groupBy(before, place)
  for (const [name, fresh] of groupBy(after, place)) {
    const candidates = old.get(name) ?? []
    if (candidates.length > MAX_CANDIDATES || fresh.length > MAX_CANDIDATES) continue
    const lines = new Map([...candidates, ...fresh].map((job) => [job, linesOf(job)]))
    const pairs = candidates
      .flatMap((one) => fresh.map((other) => ({ one, other, similarity: similarity(lines, one, other) })))
      .filter(({ similarity: share }) => share >= MIN_SIMILARITY)
      .toSorted((a, b) => b.similarity - a.similarity)
    const taken = new Set<EffectiveJob>()
    for (const { one, other } of pairs) {
      if (taken.has(one) || taken.has(other)) continue
      taken.add(one).add(other)
      yield [one, other]
    }
  }
}

function linesOf(job: EffectiveJob): ReadonlySet<string> {
  return new Set(toJson(withoutName(job), ' ').split('\n'))
}

function similarity(
  lines: ReadonlyMap<EffectiveJob, ReadonlySet<string>>,
  one: EffectiveJob,
  other: EffectiveJob,
): number {
  const [a, b] = [lines.get(one) ?? new Set<string>(), lines.get(other) ?? new Set<string>()]
  let shared = 0
  for (const line of a) if (b.has(line)) shared++
  return (2 * shared) / (a.size + b.size)
}
