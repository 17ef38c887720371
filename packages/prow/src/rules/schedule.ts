import type { Finding } from '@overlay-render/system'

import { parseDuration } from '../decode/duration.ts'
import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { cronFault, cronFields } from './cron.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const KINDS: readonly string[] = ['cron', 'interval', 'minimum_interval']

function problems({ job }: EffectiveJob): [field: string, message: string, hint?: string][] {
  const given = KINDS.filter((kind) => textOf(job, kind) !== '')
  if (given.length === 0) return [['name', 'it needs one of cron, interval and minimum_interval']]
  if (given.length > 1) return [[given[1] ?? 'cron', `${given.join(' and ')} cannot both be set`]]
  const [kind = 'cron'] = given
  const text = textOf(job, kind)
  if (kind !== 'cron')
    return parseDuration(text) === undefined
      ? [[kind, `${JSON.stringify(text)} is not a duration`, 'write a duration such as 1h30m']]
      : []
  const fault = cronFault(text)
  if (fault !== undefined) return [['cron', `${JSON.stringify(text)} is not a schedule: ${fault}`]]
  return strayBlank(text) ? [['cron', ...strayBlankWords(text)]] : []
}

/** Whether a space splits a list: six fields include seconds, but after a comma and a space five were meant. */
function strayBlank(text: string): boolean {
  return cronFields(text).length === 6 && /,\s|\s,/u.test(text)
}

function strayBlankWords(text: string): [message: string, hint: string] {
  const meant = text.replace(/\s*,\s*/gu, ',')
  return [
    `${JSON.stringify(text)} has six fields, so Prow reads the first one as seconds: a space splits a list`,
    `write ${JSON.stringify(meant)}`,
  ]
}

/** Schedules of periodics. */
export const schedule: Rule<ProwCheck> = {
  name: 'schedule',
  severity: 'error',
  doc: 'A periodic has no schedule, several, or probably a wrong one.',
  check: (input) =>
    input.prow.jobs
      .filter(({ type }) => type === 'periodic')
      .flatMap((job): Finding[] =>
        problems(job).map(([field, message, hint]) =>
          atField(input, job, field, {
            rule: 'schedule',
            severity: 'error',
            message: `${nameOf(job)}: ${message}`,
            hint,
          }),
        ),
      ),
  examples: {
    fires: [
      example('no schedule', { jobs: 'periodics:\n- {name: a, SPEC}' }),
      example('an interval and a cron', {
        jobs: 'periodics:\n- {name: a, interval: 1h, cron: "@daily", SPEC}',
      }),
      example('four fields', { jobs: 'periodics:\n- {name: a, cron: "0 1 * *", SPEC}' }),
      example('a stray space that makes six fields of five', {
        jobs: 'periodics:\n- {name: a, cron: "0 22, 10 * * *", SPEC}',
      }),
      example('an hour 24', { jobs: 'periodics:\n- {name: a, cron: "0 24 * * *", SPEC}' }),
      example('an interval that is no duration', { jobs: 'periodics:\n- {name: a, interval: daily, SPEC}' }),
    ],
    silent: [
      example('a descriptor', { jobs: 'periodics:\n- {name: a, cron: "@monthly", SPEC}' }),
      example('@every', { jobs: 'periodics:\n- {name: a, cron: "@every 1h30m", SPEC}' }),
      example('seconds', { jobs: 'periodics:\n- {name: a, cron: "0 0 22 * * *", SPEC}' }),
      example('a leading zero', { jobs: 'periodics:\n- {name: a, cron: "05 7 * * mon-fri", SPEC}' }),
      example('a list of hours', { jobs: 'periodics:\n- {name: a, cron: "0 22,10 * * *", SPEC}' }),
    ],
  },
}
