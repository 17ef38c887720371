import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { intersect } from './branches.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Groups jobs of the same type and repository by a text; an empty text is left out. */
function groupJobs(jobs: readonly EffectiveJob[], key: (job: EffectiveJob) => string): EffectiveJob[][] {
  const groups = new Map<string, EffectiveJob[]>()
  for (const job of jobs) {
    const text = key(job)
    if (text === '') continue
    const name = `${job.type} ${job.repo ?? ''} ${text}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [job])
    else group.push(job)
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}

/** The jobs that conflict with an earlier one, each with the first such job. */
function clashes(
  group: readonly EffectiveJob[],
  clash: (one: EffectiveJob, other: EffectiveJob) => boolean,
): [job: EffectiveJob, first: EffectiveJob][] {
  return group.flatMap((job, index): [EffectiveJob, EffectiveJob][] => {
    const first = group.slice(0, index).find((other) => clash(job, other))
    return first === undefined ? [] : [[job, first]]
  })
}

/** Jobs with the same name or context for the same branch. */
export const duplicateJob: Rule<ProwCheck> = {
  name: 'duplicate-job',
  severity: 'error',
  doc: 'Two jobs with the same name run for the same branch, or report to the same context.',
  check(input) {
    const { jobs } = input.prow
    const sameName = groupJobs(jobs, ({ name }) => name).flatMap((group) =>
      clashes(group, (one, other) => one.type === 'periodic' || intersect(one, other)),
    )
    const sameContext = groupJobs(jobs, ({ job }) => textOf(job, 'context')).flatMap((group) =>
      clashes(group, (one, other) => one.name !== other.name && intersect(one, other)),
    )
    return [
      ...sameName.map(([job, first]): Finding =>
        atField(input, job, 'name', {
          rule: 'duplicate-job',
          severity: 'error',
          message: `the ${nameOf(job)} is defined twice for one branch, first in ${first.position.file}:${first.position.line}`,
          object: `the second ${nameOf(job)}`,
          hint: 'give it another name, or branches that the other does not have',
        }),
      ),
      ...sameContext.map(([job, first]): Finding =>
        atField(input, job, 'context', {
          rule: 'duplicate-job',
          severity: 'error',
          message: `the ${nameOf(job)} reports to the same context as ${first.name}: ${textOf(job.job, 'context')}`,
          hint: 'give each job a context of its own',
        }),
      ),
    ]
  },
  examples: {
    fires: [
      example('the same name twice', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, SPEC}\n  - {name: a, branches: [main], SPEC}',
      }),
      example('two periodics', {
        jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}\n- {name: a, interval: 2h, SPEC}',
      }),
      example('one context', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, context: c, SPEC}\n  - {name: b, context: c, SPEC}',
      }),
    ],
    silent: [
      example('disjoint branches', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, branches: [main], SPEC}\n  - {name: a, branches: [release-1], SPEC}',
      }),
      example('a branch that one of them skips', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, branches: [main], SPEC}\n  - {name: a, skip_branches: [main], SPEC}',
      }),
      example('another repository', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, SPEC}\n  o/s:\n  - {name: a, SPEC}',
      }),
      example('a presubmit and a postsubmit', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, SPEC}\npostsubmits:\n  o/r:\n  - {name: a, SPEC}',
      }),
    ],
  },
}
