import { isMap, member } from '@overlay-render/golden'
import type { Finding, Position } from '@overlay-render/system'

import { entriesOfField, mapsOf, textsOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'
import { enabledPlugins, namedRepositories } from './repository-keys.ts'
import type { Rule } from '@overlay-render/check'

/** The plugin that sets each label for tide. */
const LABELS: Readonly<Record<string, string>> = { lgtm: 'lgtm', approved: 'approve' }

function finding(message: string, position: Position | undefined, hint: string): Finding {
  return { rule: 'repository-agreement', severity: 'error', message, position, hint }
}

/** Presubmits and postsubmits of repositories without the trigger plugin. */
function untriggered(input: ProwCheck): Finding[] {
  const seen = new Map<string, { position: Position; count: number }>()
  for (const { repo, position } of input.prow.jobs) {
    if (repo === undefined || repo.startsWith('http')) continue
    const known = seen.get(repo)
    if (known === undefined) seen.set(repo, { position, count: 1 })
    else known.count++
  }
  return [...seen].flatMap(([repo, { position, count }]) =>
    enabledPlugins(input, repo).has('trigger')
      ? []
      : [
          finding(
            `${repo} has ${count} ${count === 1 ? 'job' : 'jobs'}, but the plugin trigger is not enabled for it`,
            position,
            'nothing starts them: enable trigger for the repository or its organization',
          ),
        ],
  )
}

/** Labels in a query of tide that no plugin of the repository or organization sets. */
function unlabelled(input: ProwCheck): Finding[] {
  const { prow } = input
  return mapsOf(member(prow.config, 'tide'), 'queries').flatMap((query) =>
    (['repos', 'orgs'] as const).flatMap((list) =>
      textsOf(query, list).flatMap((name, index) => {
        const missing = missingLabels(input, textsOf(query, 'labels'), name)
        if (missing.length === 0) return []
        const holder = member(query, list)
        const position = Array.isArray(holder)
          ? prow.origins.positionOfField(holder, String(index))
          : undefined
        return [unlabelledFinding(name, missing, position)]
      }),
    ),
  )
}

function missingLabels(input: ProwCheck, labels: readonly string[], name: string): string[] {
  const enabled = enabledPlugins(input, name)
  // In an organization, single repositories may enable the plugin.
  const ofRepositories = name.includes('/') ? [] : repositoriesOf(input, name)
  return labels.filter((label) => {
    const plugin = Object.hasOwn(LABELS, label) ? LABELS[label] : undefined
    if (plugin === undefined || enabled.has(plugin)) return false
    return !ofRepositories.some((repo) => enabledPlugins(input, repo).has(plugin))
  })
}

function repositoriesOf(input: ProwCheck, organization: string): string[] {
  return [...namedRepositories(input)].filter((name) => name.startsWith(`${organization}/`))
}

function unlabelledFinding(
  name: string,
  missing: readonly string[],
  position: Position | undefined,
): Finding {
  const [label, plugin] =
    missing.length === 1 ? ['label', 'the plugin that sets it'] : ['labels', 'the plugin that sets them']
  return finding(
    `tide merges pull requests of ${name} with the ${label} ${missing.join(' and ')}, but ${plugin} is not enabled`,
    position,
    `nothing is merged: enable the plugin, or remove ${name} from the query`,
  )
}

interface TideSetting {
  readonly what: string
  /** `ORG/REPO`, or an organization. */
  readonly name: string
  readonly position: Position | undefined
}

/** What tide has for single repositories besides its queries. */
function tideSettings({ prow: { config, origins } }: ProwCheck): TideSetting[] {
  const tide = member(config, 'tide')
  const methods = member(tide, 'merge_method')
  const ofMethods = isMap(methods)
    ? Object.keys(methods).map((name) => ({
        what: 'a merge method',
        name,
        position: origins.positionOfField(methods, name),
      }))
    : []
  const ofContexts = entriesOfField(member(tide, 'context_options'), 'orgs').flatMap(([org, options]) => {
    const repos = member(options, 'repos')
    if (!isMap(repos)) return []
    return Object.keys(repos).map((repo) => ({
      what: 'context options',
      name: `${org}/${repo}`,
      position: origins.positionOfField(repos, repo),
    }))
  })
  return [...ofMethods, ...ofContexts]
}

/** Repositories with settings of tide that no query includes. */
function unmerged(input: ProwCheck): Finding[] {
  const queries = mapsOf(member(input.prow.config, 'tide'), 'queries')
  const repos = new Set(queries.flatMap((query) => textsOf(query, 'repos')))
  const orgs = new Set(queries.flatMap((query) => textsOf(query, 'orgs')))
  const organizations = new Set([...orgs, ...[...repos].map((repo) => repo.split('/')[0] ?? '')])
  const isQueried = (name: string): boolean =>
    name.includes('/') ? repos.has(name) || orgs.has(name.split('/')[0] ?? '') : organizations.has(name)
  return tideSettings(input)
    .filter(({ name }) => !isQueried(name))
    .map(({ what, name, position }) => ({
      ...finding(
        `tide has ${what} for ${name}, but no query includes it`,
        position,
        `add it to a query, or remove the ${what === 'a merge method' ? 'method' : 'options'}`,
      ),
      severity: 'warning',
    }))
}

/** Repositories for which jobs, plugins and tide do not match. */
export const repositoryAgreement: Rule<ProwCheck> = {
  name: 'repository-agreement',
  severity: 'error',
  doc: 'The settings of jobs, plugins and tide for a repository do not match.',
  check: (input) => [
    ...(input.plugins === undefined ? [] : [...untriggered(input), ...unlabelled(input)]),
    ...unmerged(input),
  ],
  examples: {
    fires: [
      example('jobs without trigger', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, SPEC}',
        plugins: 'plugins: {o/r: {plugins: [lgtm]}}',
      }),
      example('a label that no plugin sets', {
        config: 'tide: {queries: [{repos: [o/r], labels: [lgtm, approved]}]}',
        plugins: 'plugins: {o/r: {plugins: [lgtm]}}',
      }),
      example('a label that no plugin sets in an organization', {
        config: 'tide: {queries: [{orgs: [o], labels: [lgtm]}]}',
        plugins: 'plugins: {o/r: {plugins: [approve]}}',
      }),
      example('a merge method without a query', { config: 'tide: {merge_method: {o/r: squash}}' }),
      example('context options of a misspelt repository', {
        config:
          'tide: {queries: [{repos: [o/kubernetes-r]}], context_options: {orgs: {o: {repos: {kubevirt-r: {skip-unknown-contexts: true}}}}}}',
        plugins: 'plugins: {o/kubernetes-r: {plugins: [trigger]}}',
      }),
    ],
    silent: [
      example('plugins in the older form', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, always_run: true, SPEC}',
        config: 'tide: {queries: [{repos: [o/r], labels: [lgtm, approved]}]}',
        plugins: 'plugins: {o/r: [trigger, lgtm, approve]}',
      }),
      example('settings for the organization', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, SPEC}',
        config: 'tide: {merge_method: {o: squash}, queries: [{repos: [o/r], labels: [lgtm, approved]}]}',
        plugins: 'plugins: {o: {plugins: [lgtm, approve, trigger]}}',
      }),
      example('a plugin of one repository of the organization', {
        config: 'tide: {queries: [{orgs: [o], labels: [lgtm]}]}',
        plugins: 'plugins: {o/r: {plugins: [lgtm]}}',
      }),
      example('a query for the organization', {
        config: 'tide: {merge_method: {o/r: squash}, queries: [{orgs: [o], labels: [ok]}]}',
        plugins: 'plugins: {o: {plugins: [lgtm]}}',
      }),
    ],
  },
}
