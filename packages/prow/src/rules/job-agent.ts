import { member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const KNOWN: ReadonlySet<string> = new Set(['kubernetes', 'jenkins', 'tekton-pipeline'])

/** What is wrong about the agent of a job, and at which field. */
function problem(job: EffectiveJob, podNamespace: string): [field: string, message: string] | undefined {
  const agent = textOf(job.job, 'agent')
  const has = (field: string): boolean => (member(job.job, field) ?? null) !== null
  if (!KNOWN.has(agent)) return ['agent', `no agent is called ${agent}`]
  const isKubernetes = agent === 'kubernetes'
  const hasPipeline = has('pipeline_run_spec') || has('tekton_pipeline_run_spec')
  if (has('spec') && !isKubernetes) return ['spec', `the agent ${agent} runs no pod, but a spec is given`]
  if (!has('spec') && isKubernetes) return ['name', 'a spec is missing']
  if (hasPipeline !== (agent === 'tekton-pipeline'))
    return ['agent', 'a pipeline_run_spec and the agent tekton-pipeline need each other']
  if (has('decoration_config') && !isKubernetes) return ['decoration_config', 'only pods are decorated']
  if (has('error_on_eviction') && !isKubernetes) return ['error_on_eviction', 'only pods are evicted']
  if (textOf(job.job, 'namespace') !== podNamespace && !hasPipeline)
    return ['namespace', `jobs run in pod_namespace, ${podNamespace}, and nowhere else`]
  return undefined
}

export const jobAgent: Rule<ProwCheck> = {
  name: 'job-agent',
  severity: 'error',
  doc: 'The fields of a job do not fit its agent.',
  check: (input) =>
    input.prow.jobs.flatMap((job): Finding[] => {
      const found = problem(job, input.prow.settings.podNamespace)
      if (found === undefined) return []
      const [field, message] = found
      return [
        atField(input, job, field, {
          rule: 'job-agent',
          severity: 'error',
          message: `${nameOf(job)}: ${message}`,
          hint: KNOWN.has(textOf(job.job, 'agent')) ? undefined : `the agents are ${[...KNOWN].join(', ')}`,
        }),
      ]
    }),
  examples: {
    fires: [
      example('an unknown agent', { jobs: 'periodics:\n- {name: a, agent: kubernets, interval: 1h, SPEC}' }),
      example('a pod for Jenkins', { jobs: 'periodics:\n- {name: a, agent: jenkins, interval: 1h, SPEC}' }),
      example('no spec', { jobs: 'periodics:\n- {name: a, interval: 1h}' }),
      example('another namespace', { jobs: 'periodics:\n- {name: a, namespace: other, interval: 1h, SPEC}' }),
      example('decoration for Jenkins', {
        jobs: 'periodics:\n- {name: a, agent: jenkins, decorate: true, interval: 1h}',
      }),
    ],
    silent: [
      example('a Jenkins job', { jobs: 'periodics:\n- {name: a, agent: jenkins, interval: 1h}' }),
      example('a pipeline', {
        jobs: 'periodics:\n- {name: a, agent: tekton-pipeline, interval: 1h, pipeline_run_spec: {a: b}}',
      }),
      example('a pod', { jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' }),
    ],
  },
}
