import { isMap, member } from '@overlay-render/golden'

import { textOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** A job_url_template without effect. */
export const jobUrlTemplate: Rule<ProwCheck> = {
  name: 'job-url-template',
  severity: 'warning',
  doc: 'job_url_template has no effect, because job_url_prefix_config is set for all jobs and all are decorated.',
  check({ prow }) {
    const plank = member(prow.config, 'plank')
    const prefix = textOf(member(plank, 'job_url_prefix_config'), '*')
    if (!isMap(plank) || textOf(plank, 'job_url_template') === '' || prefix === '') return []
    const isDecorated = prow.jobs.every(
      ({ job }) => job['agent'] !== 'kubernetes' || isMap(member(job, 'decoration_config')),
    )
    if (!isDecorated) return []
    return [
      {
        rule: 'job-url-template',
        severity: 'warning',
        message: `plank.job_url_template has no effect: links of decorated jobs start with ${prefix} from job_url_prefix_config`,
        position: prow.origins.positionOfField(plank, 'job_url_template'),
        hint: 'remove the template and its patches',
      },
    ]
  },
  examples: {
    fires: [
      example('the template and the prefix', {
        config:
          'decorate_all_jobs: true\nplank: {job_url_template: "https://a/{{.Spec.Job}}", job_url_prefix_config: {"*": https://a/view/}}',
        jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}',
      }),
    ],
    silent: [
      example('only the template', { config: 'plank: {job_url_template: "https://a"}' }),
      example('a job without decoration', {
        config: 'plank: {job_url_template: "https://a", job_url_prefix_config: {"*": https://a/view/}}',
        jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}',
      }),
    ],
  },
}
