import type { Finding } from '@overlay-render/system'

import { textOf } from '../jobs/repository.ts'
import { type Cluster, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** The component that makes pods of ProwJobs. */
const CONTROLLER = 'prow-controller-manager'

type Named = Pick<Finding, 'message' | 'position'>

/** What a cluster runs in a namespace that its overlay does not make. */
function problems({ prow }: ProwCheck, { context, overlay, objects }: Cluster): Named[] {
  const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name)
  if (made.length === 0) return []
  const isThere = (namespace: string): boolean => namespace === 'default' || made.includes(namespace)
  const isMissing = `which the overlay ${overlay ?? context} does not make: it makes ${made.join(', ')}`
  const at = (key: string): Pick<Named, 'position'> => ({
    position: prow.origins.positionOfField(prow.config, key),
  })
  const runsJobs = prow.jobs.some(
    ({ job }) => job['agent'] === 'kubernetes' && textOf(job, 'cluster') === context,
  )
  const controls = objects.some(({ kind, name }) => kind === 'Deployment' && name === CONTROLLER)
  const { podNamespace } = prow.settings
  const jobNamespace = textOf(prow.config, 'prowjob_namespace')
  const found: Named[] = []
  if (runsJobs && !isThere(podNamespace)) {
    const message = `jobs of the cluster ${context} run in pod_namespace ${podNamespace}, ${isMissing}`
    found.push({ message, ...at('pod_namespace') })
  }
  if (controls && jobNamespace !== '' && !isThere(jobNamespace)) {
    const message = `ProwJobs are kept in prowjob_namespace ${jobNamespace}, ${isMissing}`
    found.push({ message, ...at('prowjob_namespace') })
  }
  return found
}

export const prowNamespace: Rule<ProwCheck> = {
  name: 'prow-namespace',
  severity: 'error',
  doc: 'Jobs run, or are kept, in a namespace that the overlay of their cluster does not make, although it makes others.',
  check: (input) =>
    input.clusters.flatMap((cluster) =>
      problems(input, cluster).map((named): Finding => ({
        rule: 'prow-namespace',
        severity: 'error',
        ...named,
        hint: 'correct it, or render the namespace',
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
        'a cluster that keeps no ProwJobs',
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
