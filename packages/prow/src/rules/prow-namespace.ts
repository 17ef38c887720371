import type { Finding } from '@overlay-render/system'

import { textOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

export const prowNamespace: Rule<ProwCheck> = {
  name: 'prow-namespace',
  severity: 'error',
  doc: 'Jobs run in a namespace that the overlay of their cluster does not make, although it makes others.',
  check({ prow, clusters }) {
    const namespace = prow.settings.podNamespace
    return clusters.flatMap(({ context, overlay, objects }): Finding[] => {
      const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name)
      const isUsed = prow.jobs.some(
        ({ job }) => job['agent'] === 'kubernetes' && textOf(job, 'cluster') === context,
      )
      const isThere = namespace === 'default' || made.includes(namespace)
      if (!isUsed || made.length === 0 || isThere) return []
      return [
        {
          rule: 'prow-namespace',
          severity: 'error',
          message: `jobs of the cluster ${context} run in pod_namespace ${namespace}, which the overlay ${overlay ?? context} does not make: it makes ${made.join(', ')}`,
          position: prow.origins.positionOfField(prow.config, 'pod_namespace'),
          hint: 'correct pod_namespace, or render the namespace',
        },
      ]
    })
  },
  examples: {
    fires: [
      example(
        'another namespace',
        { config: 'pod_namespace: pods', jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' },
        {
          clusters: [
            {
              context: 'default',
              overlay: 'o',
              objects: [{ kind: 'Namespace', namespace: '', name: 'test-pods' }],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'the right one',
        { config: 'pod_namespace: pods', jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' },
        {
          clusters: [
            {
              context: 'default',
              overlay: 'o',
              objects: [{ kind: 'Namespace', namespace: '', name: 'pods' }],
            },
          ],
        },
      ),
      example(
        'no namespaces at all',
        { config: 'pod_namespace: pods', jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' },
        { clusters: [{ context: 'default', overlay: 'o', objects: [] }] },
      ),
    ],
  },
}
