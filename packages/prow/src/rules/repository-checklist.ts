import { isMap, member, type Value } from '@overlay-render/golden'

import { entriesOfField, mapsOf, textsOf } from '../jobs/repository.ts'
import type { ProwCheck } from './prow-check.ts'
import { branchProtected, enabledPlugins } from './repository-keys.ts'

/** One step of adding a repository to Prow. */
export interface ChecklistStep {
  readonly step: string
  readonly done: boolean
  /** What to add, and where, when it is not done. */
  readonly hint: string
}

/** The steps for adding a repository to Prow, as in the procedure of Metal3, done and missing. */
export function repositoryChecklist(input: ProwCheck, repo: string): ChecklistStep[] {
  const { prow, plugins } = input
  const [org = '', name = ''] = repo.split('/')
  const enabled = enabledPlugins(input, repo)
  const queries = mapsOf(member(prow.config, 'tide'), 'queries')
  const inTide = queries.some(
    (query) =>
      textsOf(query, 'repos').includes(repo) ||
      (textsOf(query, 'orgs').includes(org) && !textsOf(query, 'excludedRepos').includes(repo)),
  )
  const steps: [step: string, done: boolean, hint: string][] = [
    ['jobs', prow.jobs.some((job) => job.repo === repo), `add presubmits: {${repo}: […]} to a job file`],
    ...['trigger', 'lgtm', 'approve'].map((plugin): [string, boolean, string] => [
      `plugin ${plugin}`,
      enabled.has(plugin),
      `enable ${plugin} for ${repo} or ${org} in plugins.yaml`,
    ]),
    [
      'external plugins',
      hasKey(plugins?.value, 'external_plugins', repo, org),
      `add external_plugins: {${repo}: […]} to plugins.yaml`,
    ],
    ['tide', inTide, `add ${repo} to a query of tide in config.yaml`],
    [
      'branch protection',
      branchProtected(prow.config).some((each) => each.org === org && each.repo === name) ||
        protectedOrganization(prow.config, org),
      `protect ${org} or its repository ${name} under branch-protection in config.yaml`,
    ],
  ]
  return steps.map(([step, done, hint]) => ({ step, done, hint }))
}

function hasKey(value: Value | undefined, list: string, repo: string, org: string): boolean {
  return entriesOfField(value, list).some(([key]) => key === repo || key === org)
}

function protectedOrganization(config: Value, org: string): boolean {
  const protection = member(config, 'branch-protection')
  const own = member(member(protection, 'orgs'), org)
  return member(protection, 'protect') === true || (isMap(own) && member(own, 'protect') === true)
}
