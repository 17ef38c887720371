import { isMap, member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { entriesOfField, textOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const RESERVED: ReadonlySet<string> = new Set(['prow.k8s.io/type', 'created-by-prow', 'prow.k8s.io/id'])
const NAME = /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)$/u
const PREFIX = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u

function isQualified(name: string): boolean {
  const [first = '', second, ...more] = name.split('/')
  if (more.length > 0) return false
  return second === undefined
    ? NAME.test(first)
    : PREFIX.test(first) && first.length <= 253 && NAME.test(second)
}

function problems({ job }: EffectiveJob, { prow }: ProwCheck): [field: string, message: string][] {
  const labels = entriesOfField(job, 'labels').flatMap(([label, value]): [string, string][] => {
    if (RESERVED.has(label)) return [['labels', `Prow sets the label ${label} itself`]]
    if (!isQualified(label)) return [['labels', `${JSON.stringify(label)} is not a valid label name`]]
    return value === '' || NAME.test(String(value))
      ? []
      : [['labels', `${JSON.stringify(value)} is not a valid label value`]]
  })
  const annotations = entriesOfField(job, 'annotations')
    .filter(([key]) => !isQualified(key))
    .map(([key]): [string, string] => [
      'annotations',
      `${JSON.stringify(key)} is not a valid annotation name`,
    ])
  const queue = textOf(job, 'job_queue_name')
  const capacities = member(member(prow.config, 'plank'), 'job_queue_capacities')
  const isQueue = queue === '' || (isMap(capacities) && Object.hasOwn(capacities, queue))
  const concurrency = member(job, 'max_concurrency')
  const invalid: [field: string, message: string][] = [...labels, ...annotations]
  if (!isQueue) invalid.push(['job_queue_name', `the queue ${queue} has no capacity in the Prow config`])
  if (typeof concurrency === 'number' && concurrency < 0)
    invalid.push(['max_concurrency', 'max_concurrency must not be negative'])
  return invalid
}

/** Invalid labels, annotations, queues and concurrency of jobs. */
export const jobLabels: Rule<ProwCheck> = {
  name: 'job-labels',
  severity: 'error',
  doc: 'Labels, annotations, the queue or the concurrency of a job are not valid.',
  check: (input) =>
    input.prow.jobs.flatMap((job) =>
      problems(job, input).map(([field, message]): Finding =>
        atField(input, job, field, {
          rule: 'job-labels',
          severity: 'error',
          message: `${nameOf(job)}: ${message}`,
          hint: 'correct it: until then Prow refuses the whole configuration',
        }),
      ),
    ),
  examples: {
    fires: [
      example('a blank in a name', {
        jobs: 'periodics:\n- {name: a, labels: {"a b": "1"}, interval: 1h, SPEC}',
      }),
      example('a reserved label', {
        jobs: 'periodics:\n- {name: a, labels: {prow.k8s.io/id: "1"}, interval: 1h, SPEC}',
      }),
      example('an unknown queue', { jobs: 'periodics:\n- {name: a, job_queue_name: q, interval: 1h, SPEC}' }),
      example('a concurrency below zero', {
        jobs: 'periodics:\n- {name: a, max_concurrency: -1, interval: 1h, SPEC}',
      }),
    ],
    silent: [
      example('valid labels', {
        config: 'plank: {job_queue_capacities: {q: 1}}',
        jobs: 'periodics:\n- {name: a, job_queue_name: q, labels: {example.com/a_b: "", preset-x: "true"}, annotations: {testgrid-tab-name: a b}, interval: 1h, SPEC}',
      }),
    ],
  },
}
