import { isMap, member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { entriesOfField, mapsOf, textsOf } from '../jobs/repository.ts'
import { pluginsOf } from './enabled-plugins.ts'
import { example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Every `org/repo` in the configuration. */
export function namedRepositories({ prow, plugins }: ProwCheck): Set<string> {
  const names = [
    ...prow.jobs.map(({ repo }) => repo ?? ''),
    ...entriesOfField(plugins?.value, 'plugins').map(([key]) => key),
    ...entriesOfField(plugins?.value, 'external_plugins').map(([key]) => key),
    ...mapsOf(member(prow.config, 'tide'), 'queries').flatMap((query) => textsOf(query, 'repos')),
    ...branchProtected(prow.config).map(({ org, repo }) => `${org}/${repo}`),
  ]
  return new Set(names.filter((name) => name.includes('/')))
}

interface Protected {
  readonly org: string
  readonly repo: string
  readonly holder: object
}

/** The repositories under `branch-protection`. */
export function branchProtected(config: Value): Protected[] {
  return entriesOfField(member(config, 'branch-protection'), 'orgs').flatMap(([org, value]) => {
    const holder = member(value, 'repos')
    return isMap(holder) ? Object.keys(holder).map((repo) => ({ org, repo, holder })) : []
  })
}

/** Repositories with a wrong key. */
export const repositoryKeys: Rule<ProwCheck> = {
  name: 'repository-keys',
  severity: 'error',
  doc: 'The key of a repository has its organization where only the name belongs, or lacks it where it is needed.',
  check(input) {
    const { prow, plugins } = input
    const repositories = namedRepositories(input)
    const organizations = new Set([...repositories].map((name) => name.split('/')[0] ?? ''))
    const names = new Map([...repositories].map((name) => [name.split('/')[1] ?? '', name]))
    const inside = branchProtected(prow.config)
      .filter(({ repo }) => repo.includes('/'))
      .map(({ org, repo, holder }): Finding => ({
        rule: 'repository-keys',
        severity: 'error',
        message: `${repo} is a key below the organization ${org}, so it means ${org}/${repo}`,
        position: prow.origins.positionOfField(holder, repo),
        hint: `write ${repo.split('/')[1] ?? repo}: now nothing is protected`,
      }))
    const lost = (['plugins', 'external_plugins'] as const).flatMap((list) => {
      const holder = member(plugins?.value, list)
      if (!isMap(holder)) return []
      return Object.keys(holder).flatMap((key): Finding[] => {
        const meant = names.get(key)
        if (key.includes('/') || organizations.has(key) || meant === undefined) return []
        return [
          {
            rule: 'repository-keys',
            severity: 'error',
            message: `${key} under ${list} means an organization, but is the repository ${meant}`,
            position: prow.origins.positionOfField(holder, key),
            hint: `write ${meant}: now it has no effect`,
          },
        ]
      })
    })
    return [...inside, ...lost]
  },
  examples: {
    fires: [
      example('a repository with its organization in branch protection', {
        config: 'branch-protection: {orgs: {o: {repos: {o/r: {protect: true}}}}}',
      }),
      example('a repository without its organization', {
        plugins: 'plugins: {o/r: {plugins: [lgtm]}}\nexternal_plugins: {r: [{name: cherrypicker}]}',
      }),
    ],
    silent: [
      example('organizations and repositories where they are expected', {
        config: 'branch-protection: {orgs: {o: {repos: {r: {protect: true}}}}}',
        plugins:
          'plugins: {o: {plugins: [lgtm]}, o/r: {plugins: [trigger]}}\nexternal_plugins: {o: [{name: cherrypicker}]}',
      }),
      example('an organization with a repository of its name', {
        plugins: 'plugins: {kubevirt: {plugins: [lgtm]}, kubevirt/kubevirt: {plugins: [trigger]}}',
      }),
    ],
  },
}

/** The plugins that are enabled for a repository or its organization. */
export function enabledPlugins({ plugins }: ProwCheck, repo: string): Set<string> {
  const holder = member(plugins?.value, 'plugins')
  const organization = member(holder, repo.split('/')[0] ?? '')
  const excluded = textsOf(organization, 'excluded_repos').includes(repo.split('/')[1] ?? '')
  return new Set([...pluginsOf(member(holder, repo)), ...(excluded ? [] : pluginsOf(organization))])
}
