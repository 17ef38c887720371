import { isMap, member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { Rule } from '@overlay-render/check'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'

const LISTS = ['github_team_ids', 'github_team_slugs', 'github_users', 'github_orgs'] as const

/** Whether everyone may rerun a job, although some are listed. */
function contradicts(auth: Value | undefined): boolean {
  if (!isMap(auth) || member(auth, 'allow_anyone') !== true) return false
  return LISTS.some((list) => {
    const named = member(auth, list)
    return Array.isArray(named) && named.length > 0
  })
}

/** Contradictory permissions to rerun a job. */
export const rerunAuth: Rule<ProwCheck> = {
  name: 'rerun-auth',
  severity: 'error',
  doc: 'Anyone may rerun a job, but people or teams are listed as well.',
  check: (input) =>
    input.prow.jobs
      .filter(({ job }) => contradicts(member(job, 'rerun_auth_config')))
      .map((job): Finding =>
        atField(input, job, 'rerun_auth_config', {
          rule: 'rerun-auth',
          severity: 'error',
          message: `${nameOf(job)}: allow_anyone and lists of people or teams cannot both be set`,
          hint: 'Prow refuses the whole configuration: remove one of them',
        }),
      ),
  examples: {
    fires: [
      example('anyone, and a person', {
        jobs: 'periodics:\n- {name: a, interval: 1h, rerun_auth_config: {allow_anyone: true, github_users: [x]}, SPEC}',
      }),
    ],
    silent: [
      example('only anyone', {
        jobs: 'periodics:\n- {name: a, interval: 1h, rerun_auth_config: {allow_anyone: true}, SPEC}',
      }),
      example('a person', {
        jobs: 'periodics:\n- {name: a, interval: 1h, rerun_auth_config: {github_users: [x]}, SPEC}',
      }),
    ],
  },
}
