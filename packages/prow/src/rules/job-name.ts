import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const NAME = /^[A-Za-z0-9\-._]+$/u
const JENKINS_NAME = /^[A-Za-z0-9\-._]([A-Za-z0-9\-._/]*[A-Za-z0-9\-_])?$/u

export const jobName: Rule<ProwCheck> = {
  name: 'job-name',
  severity: 'error',
  doc: 'A job has no name, or one with characters that Prow refuses.',
  check: (input) =>
    input.prow.jobs
      .filter(({ name, job }) => !(job['agent'] === 'jenkins' ? JENKINS_NAME : NAME).test(name))
      .map((job) =>
        atField(input, job, 'name', {
          rule: 'job-name',
          severity: 'error',
          message:
            job.name === ''
              ? `a ${job.type} has no name`
              : `the name ${JSON.stringify(job.name)} of the ${nameOf(job)} is not valid`,
          hint: 'letters, digits, -, . and _ are allowed',
        }),
      ),
  examples: {
    fires: [
      example('no name', { jobs: 'periodics:\n- {interval: 1h, SPEC}' }),
      example('a blank', { jobs: 'periodics:\n- {name: a b, interval: 1h, SPEC}' }),
      example('a slash without Jenkins', { jobs: 'periodics:\n- {name: a/b, interval: 1h, SPEC}' }),
    ],
    silent: [
      example('all allowed characters', { jobs: 'periodics:\n- {name: A-b.c_9, interval: 1h, SPEC}' }),
      example('a folder of Jenkins', { jobs: 'periodics:\n- {name: a/b, agent: jenkins, interval: 1h}' }),
    ],
  },
}
