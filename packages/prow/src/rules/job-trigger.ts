import { member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import { compileGo } from './go-regular-expression.ts'
import type { Rule } from '@overlay-render/check'

function problem({ type, job }: EffectiveJob): [field: string, message: string] | undefined {
  if (type === 'periodic') return undefined
  const has = (field: string): boolean => textOf(job, field) !== ''
  const always = member(job, 'always_run') === true
  if (always && has('run_if_changed'))
    return ['run_if_changed', 'always_run and run_if_changed cannot both be set']
  if (always && has('skip_if_only_changed'))
    return ['skip_if_only_changed', 'always_run and skip_if_only_changed cannot both be set']
  if (has('run_if_changed') && has('skip_if_only_changed'))
    return ['skip_if_only_changed', 'run_if_changed and skip_if_only_changed cannot both be set']
  if (type !== 'presubmit') return undefined
  if (has('trigger') !== has('rerun_command'))
    return [has('trigger') ? 'trigger' : 'rerun_command', 'trigger and rerun_command must be set together']
  const trigger = compileGo(textOf(job, 'trigger'))
  if (has('trigger') && typeof trigger === 'object' && !trigger.test(textOf(job, 'rerun_command')))
    return ['rerun_command', 'the rerun_command does not match the trigger, so it starts nothing']
  return undefined
}

/** Contradictory trigger fields. */
export const jobTrigger: Rule<ProwCheck> = {
  name: 'job-trigger',
  severity: 'error',
  doc: 'The trigger fields of a job contradict each other.',
  check: (input) =>
    input.prow.jobs.flatMap((job): Finding[] => {
      // Prow's default trigger always matches its default command.
      const isWritten = textOf(job.written, 'trigger') + textOf(job.written, 'rerun_command') !== ''
      const found =
        isWritten || job.type !== 'presubmit' ? problem(job) : problem({ ...job, job: withoutTrigger(job) })
      if (found === undefined) return []
      const [field, message] = found
      return [
        atField(input, job, field, {
          rule: 'job-trigger',
          severity: 'error',
          message: `${nameOf(job)}: ${message}`,
          hint: 'correct it: until then Prow refuses the whole configuration',
        }),
      ]
    }),
  examples: {
    fires: [
      example('always_run and run_if_changed', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, always_run: true, run_if_changed: x, SPEC}',
      }),
      example('a trigger alone', { jobs: 'presubmits:\n  o/r:\n  - {name: a, trigger: /test a, SPEC}' }),
      example('a command that does not match', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, trigger: "(?m)^/test b$", rerun_command: /test a, SPEC}',
      }),
    ],
    silent: [
      example('run_if_changed alone', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: x, SPEC}',
      }),
      example('a postsubmit that always runs', {
        jobs: 'postsubmits:\n  o/r:\n  - {name: a, always_run: true, SPEC}',
      }),
      example('a trigger and a command that matches it', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, trigger: "(?m)^/test (a|all)$", rerun_command: /test a, SPEC}',
      }),
    ],
  },
}

function withoutTrigger({ job }: EffectiveJob): EffectiveJob['job'] {
  return { ...job, trigger: '', rerun_command: '' }
}
