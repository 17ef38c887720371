import type { Finding } from '@overlay-render/system'

import { textOf } from '../jobs/repository.ts'
import { type Cluster, configOf, example, positionInConfig, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** The component that creates the pods of ProwJobs. */
const CONTROLLER = 'prow-controller-manager'

type Named = Pick<Finding, 'message' | 'position'>

/** Jobs in a namespace that the overlay does not create, although it creates others. */
function podProblems({ prow }: ProwCheck, { context, overlay, objects }: Cluster): Named[] {
  const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name)
  const { podNamespace } = prow.settings
  const runsJobs = prow.jobs.some(
    ({ job }) => job['agent'] === 'kubernetes' && textOf(job, 'cluster') === context,
  )
  if (!runsJobs || made.length === 0 || podNamespace === 'default' || made.includes(podNamespace)) return []
  return [
    {
      message: `jobs of the cluster ${context} run in pod_namespace ${podNamespace}, which the overlay ${overlay ?? context} does not create: it creates ${made.join(', ')}`,
      position: prow.origins.positionOfField(prow.config, 'pod_namespace'),
    },
  ]
}

/** ProwJobs in a namespace where the overlay of their controller has no object, and so no permissions. */
function jobProblems(input: ProwCheck, { context, overlay, objects, config }: Cluster): Named[] {
  const namespace = textOf(configOf(input, config), 'prowjob_namespace')
  const controller = objects.find(({ kind, name }) => kind === 'Deployment' && name === CONTROLLER)
  const isUsed = objects.some(
    (object) => object.namespace === namespace || (object.kind === 'Namespace' && object.name === namespace),
  )
  // Without a namespace of its own, it is deployed to one that is unknown here, such as that of an Argo CD application.
  if (controller === undefined || controller.namespace === '' || namespace === '' || isUsed) return []
  return [
    {
      message: `prowjob_namespace is ${namespace}, but the overlay ${overlay ?? context} renders nothing in that namespace`,
      position: positionInConfig(input, config, ['prowjob_namespace']),
    },
  ]
}

/** Namespaces of jobs that no overlay creates. */
export const prowNamespace: Rule<ProwCheck> = {
  name: 'prow-namespace',
  severity: 'error',
  doc: 'Jobs run in a namespace that the overlay of their cluster does not create, or ProwJobs are stored in a namespace where the overlay of Prow has no object.',
  check: (input) =>
    input.clusters.flatMap((cluster) =>
      [...podProblems(input, cluster), ...jobProblems(input, cluster)].map((named): Finding => ({
        rule: 'prow-namespace',
        severity: 'error',
        ...named,
        hint: 'correct the setting, or render the namespace',
      })),
    ),
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
      example(
        'another namespace of ProwJobs',
        { config: 'prowjob_namespace: prowjobs' },
        {
          clusters: [
            {
              context: 'default',
              overlay: 'o',
              objects: [
                { kind: 'Namespace', namespace: '', name: 'prow' },
                { kind: 'Deployment', namespace: 'prow', name: 'prow-controller-manager' },
              ],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'a cluster without ProwJobs',
        { config: 'prowjob_namespace: prowjobs' },
        {
          clusters: [
            {
              context: 'default',
              overlay: 'o',
              objects: [{ kind: 'Namespace', namespace: '', name: 'prow' }],
            },
          ],
        },
      ),
      example(
        'a controller whose namespace is known only when it is deployed',
        { config: 'prowjob_namespace: prowjobs' },
        {
          clusters: [
            {
              context: 'default',
              overlay: 'o',
              objects: [{ kind: 'Deployment', namespace: '', name: 'prow-controller-manager' }],
            },
          ],
        },
      ),
      example(
        'the namespace of the overlay',
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
        'an overlay without namespaces',
        { config: 'pod_namespace: pods', jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' },
        { clusters: [{ context: 'default', overlay: 'o', objects: [] }] },
      ),
    ],
  },
}
