import { type Finding, nearestNames } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { isTypo } from './branch-typo.ts'
import { atField, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Clusters that several jobs name, used when the contexts are unknown. */
function usualClusters({ prow }: ProwCheck): string[] {
  const counts = new Map<string, number>()
  for (const { job } of prow.jobs) {
    const cluster = textOf(job, 'cluster')
    counts.set(cluster, (counts.get(cluster) ?? 0) + 1)
  }
  return [...counts].filter(([, count]) => count >= 3).map(([cluster]) => cluster)
}

/** Clusters that are not known contexts. */
export const unknownCluster: Rule<ProwCheck> = {
  name: 'unknown-cluster',
  severity: 'error',
  doc: 'Jobs name a cluster that is not a known context.',
  check(input) {
    const known = input.contexts ?? usualClusters(input)
    const byCluster = new Map<string, EffectiveJob[]>()
    for (const job of input.prow.jobs) {
      const cluster = textOf(job.job, 'cluster')
      if (textOf(job.job, 'agent') !== 'kubernetes' || cluster === 'default' || known.includes(cluster))
        continue
      byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), job])
    }
    return [...byCluster].flatMap(([cluster, [first, ...more]]): Finding[] => {
      const nearest =
        input.contexts === undefined
          ? known.find((name) => isTypo(cluster, name))
          : nearestNames(cluster, known)[0]
      // When the contexts are unknown, only misspelt names are reported.
      if (first === undefined || (input.contexts === undefined && nearest === undefined)) return []
      return [
        atField(input, first, 'cluster', {
          rule: 'unknown-cluster',
          severity: 'error',
          message: `${more.length === 0 ? `the job ${first.name} names` : `${more.length + 1} jobs name`} the cluster ${cluster}, which is not a known context`,
          hint: nearest === undefined ? `the contexts are ${known.join(', ')}` : `did you mean ${nearest}?`,
        }),
      ]
    })
  },
  examples: {
    fires: [
      example(
        'a typo',
        { jobs: 'periodics:\n- {name: a, cluster: biuld, interval: 1h, SPEC}' },
        { contexts: ['build'] },
      ),
    ],
    silent: [
      example(
        'a context',
        { jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, SPEC}' },
        { contexts: ['build'] },
      ),
      example(
        'the default',
        { jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' },
        { contexts: ['build'] },
      ),
      example(
        'a Jenkins job',
        { jobs: 'periodics:\n- {name: a, cluster: x, agent: jenkins, interval: 1h}' },
        { contexts: ['build'] },
      ),
      example('unknown contexts', { jobs: 'periodics:\n- {name: a, cluster: x, interval: 1h, SPEC}' }),
    ],
  },
}
