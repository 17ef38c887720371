import { member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const KNOWN: ReadonlySet<string> = new Set(['kubernetes', 'jenkins', 'tekton-pipeline'])

/** The problem with the agent of a job, and the field to report it at. */
function problem(job: EffectiveJob, podNamespace: string): [field: string, message: string] | undefined {
  const agent = textOf(job.job, 'agent')
  const has = (field: string): boolean => (member(job.job, field) ?? null) !== null
  if (!KNOWN.has(agent)) return ['agent', `there is no agent ${agent}`]
  const isKubernetes = agent === 'kubernetes'
  const hasPipeline = has('pipeline_run_spec') || has('tekton_pipeline_run_spec')
  if (has('spec') && !isKubernetes) return ['spec', `the agent ${agent} runs no pod, but the job has a spec`]
  if (!has('spec') && isKubernetes) return ['name', 'it has no spec']
  if (hasPipeline !== (agent === 'tekton-pipeline'))
    return ['agent', 'pipeline_run_spec and the agent tekton-pipeline must be used together']
  if (has('decoration_config') && !isKubernetes) return ['decoration_config', 'only pods are decorated']
  if (has('error_on_eviction') && !isKubernetes) return ['error_on_eviction', 'only pods are evicted']
  if (textOf(job.job, 'namespace') !== podNamespace && !hasPipeline)
    return ['namespace', `its namespace must be pod_namespace, ${podNamespace}`]
  return undefined
}

/** Fields that do not fit the agent of a job. */
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
