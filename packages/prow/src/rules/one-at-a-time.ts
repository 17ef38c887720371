import { member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Selects a cluster of KubeVirt that the job does not create itself. There is only one, which parallel runs would share. */
const EXTERNAL_PROVIDER = /\b(?:KUBEVIRT_PROVIDER|TARGET)=["']?external\b/u

function usesExternalProvider({ job }: EffectiveJob): boolean {
  return mapsOf(member(job, 'spec'), 'containers').some(
    (container) =>
      mapsOf(container, 'env').some(
        (env) => textOf(env, 'name') === 'KUBEVIRT_PROVIDER' && textOf(env, 'value') === 'external',
      ) ||
      [...textsOf(container, 'command'), ...textsOf(container, 'args')].some((text) =>
        EXTERNAL_PROVIDER.test(text),
      ),
  )
}

function runsAlone({ job }: EffectiveJob, capacities: ReturnType<typeof member>): boolean {
  const queue = textOf(job, 'job_queue_name')
  return member(job, 'max_concurrency') === 1 || (queue !== '' && member(capacities, queue) === 1)
}

/** Jobs on an external cluster that may run in parallel. */
export const oneAtATime: Rule<ProwCheck> = {
  name: 'one-at-a-time',
  severity: 'error',
  doc: 'A job uses an external cluster, but several runs of it can share that cluster.',
  check(input) {
    const capacities = member(member(input.prow.config, 'plank'), 'job_queue_capacities')
    return input.prow.jobs
      .filter((job) => usesExternalProvider(job) && !runsAlone(job, capacities))
      .map((job): Finding =>
        atField(input, job, 'max_concurrency', {
          rule: 'one-at-a-time',
          severity: 'error',
          message: `the ${nameOf(job)} uses an external cluster, but can run several times in parallel`,
          hint: 'set max_concurrency: 1, or a job_queue_name whose capacity is 1',
        }),
      )
  },
  examples: {
    fires: [
      example('a cluster that an environment variable names', {
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i, env: [{name: KUBEVIRT_PROVIDER, value: external}]}]}}',
      }),
      example('a cluster that a script names', {
        jobs: 'periodics:\n- {name: a, interval: 1h, max_concurrency: 2, spec: {containers: [{image: i, args: ["export KUBEVIRT_PROVIDER=external && make"]}]}}',
      }),
    ],
    silent: [
      example('max_concurrency: 1', {
        jobs: 'periodics:\n- {name: a, interval: 1h, max_concurrency: 1, spec: {containers: [{image: i, env: [{name: KUBEVIRT_PROVIDER, value: external}]}]}}',
      }),
      example('a queue of one', {
        config: 'plank: {job_queue_capacities: {q: 1}}',
        jobs: 'periodics:\n- {name: a, interval: 1h, job_queue_name: q, spec: {containers: [{image: i, env: [{name: KUBEVIRT_PROVIDER, value: external}]}]}}',
      }),
      example('a cluster of its own', {
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i, env: [{name: KUBEVIRT_PROVIDER, value: kind-1.34}]}]}}',
      }),
    ],
  },
}
