import type { Finding } from '@overlay-render/system'

import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const NAME = /^[A-Za-z0-9\-._]+$/u
/** The longest value of a label. The name is in a label of the job's pod, cut to this length. */
const MAX_LENGTH = 63
const JENKINS_NAME = /^[A-Za-z0-9\-._]([A-Za-z0-9\-._/]*[A-Za-z0-9\-_])?$/u

function invalidNames(input: ProwCheck): Finding[] {
  return input.prow.jobs
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
    )
}

function longNames(input: ProwCheck): Finding[] {
  return input.prow.jobs
    .filter(({ name }) => name.length > MAX_LENGTH)
    .map((job) =>
      atField(input, job, 'name', {
        rule: 'job-name',
        severity: 'warning',
        message: `the name of the ${nameOf(job)} has ${job.name.length} characters, more than the ${MAX_LENGTH} of a label`,
        hint: 'shorten it: pods of jobs with the same first characters get the same label',
      }),
    )
}

/** Missing, invalid and too long job names. */
export const jobName: Rule<ProwCheck> = {
  name: 'job-name',
  severity: 'error',
  doc: 'A job has no name, one with characters that Prow refuses, or one that is too long for a label.',
  check: (input) => [...invalidNames(input), ...longNames(input)],
  examples: {
    fires: [
      example('no name', { jobs: 'periodics:\n- {interval: 1h, SPEC}' }),
      example('a space', { jobs: 'periodics:\n- {name: a b, interval: 1h, SPEC}' }),
      example('64 characters', { jobs: `periodics:\n- {name: ${'a'.repeat(64)}, interval: 1h, SPEC}` }),
      example('a slash without Jenkins', { jobs: 'periodics:\n- {name: a/b, interval: 1h, SPEC}' }),
    ],
    silent: [
      example('all allowed characters', { jobs: 'periodics:\n- {name: A-b.c_9, interval: 1h, SPEC}' }),
      example('63 characters', { jobs: `periodics:\n- {name: ${'a'.repeat(63)}, interval: 1h, SPEC}` }),
      example('a folder of Jenkins', { jobs: 'periodics:\n- {name: a/b, agent: jenkins, interval: 1h}' }),
    ],
  },
}
