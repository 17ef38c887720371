import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textsOf } from '../jobs/repository.ts'
import { matchesGo } from './go-regular-expression.ts'

interface Brancher {
  readonly branches: readonly string[]
  readonly skipped: readonly string[]
}

function brancherOf({ job }: EffectiveJob): Brancher {
  return { branches: textsOf(job, 'branches'), skipped: textsOf(job, 'skip_branches') }
}

/** Whether two jobs run for the same branch, as Prow's `Brancher.Intersects` decides it: branches are compared as text. */
export function intersect(one: EffectiveJob, other: EffectiveJob): boolean {
  return intersects(brancherOf(one), brancherOf(other))
}

function intersects(one: Brancher, other: Brancher): boolean {
  const runsAlways = ({ branches, skipped }: Brancher): boolean => branches.length + skipped.length === 0
  if (runsAlways(one) || runsAlways(other)) return true
  if (one.branches.length > 0) {
    if (other.branches.length > 0) return one.branches.some((branch) => other.branches.includes(branch))
    return one.branches.some((branch) => runsFor(other, branch))
  }
  return other.branches.length === 0 || intersects(other, one)
}

function runsFor({ branches, skipped }: Brancher, branch: string): boolean {
  if (skipped.length > 0 && matchesGo(skipped.join('|'), branch)) return false
  return branches.length === 0 || matchesGo(branches.join('|'), branch)
}
