import { equalValues } from '@overlay-render/golden'
import { type Finding, formatPosition, nearestNames, type Position } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { textOf } from '../jobs/repository.ts'
import { contextsOf, entriesOfList, type Kubeconfig, type KubeconfigEntry, LISTS } from './kubeconfig.ts'

const IN_CLUSTER = 'in-cluster'

function finding(rule: string, message: string, position: Position | undefined, hint: string): Finding {
  return { rule, severity: 'error', message, position, hint }
}

/**
 * The problems of the kubeconfigs that Prow's components mount: name collisions, dangling references, and contexts of jobs that no
 * file defines. No finding holds a credential.
 *
 * @param wanted contexts that have to exist
 */
export function checkKubeconfigs(
  configs: readonly Kubeconfig[],
  jobs: readonly EffectiveJob[],
  wanted: readonly string[] = [],
): Finding[] {
  return [
    ...collisions(configs),
    ...configs.flatMap(danglingReferences),
    ...unknownContexts(configs, jobs),
    ...missingContexts(configs, wanted),
  ]
}

/** Contexts in the configuration that no kubeconfig has. */
function missingContexts(configs: readonly Kubeconfig[], wanted: readonly string[]): Finding[] {
  // The pod's own cluster needs no kubeconfig.
  const known = new Set([...configs.flatMap(contextsOf), IN_CLUSTER, 'default'])
  return [...new Set(wanted)]
    .filter((name) => !known.has(name))
    .map((name) => {
      const nearest = nearestNames(name, known)[0]
      const message = `overlay-render.yaml names the context ${name}, which no kubeconfig defines`
      const hint = nearest === undefined ? 'add the context, or remove the name' : `did you mean ${nearest}?`
      return finding('kubeconfig-context', message, undefined, hint)
    })
}

function collisions(configs: readonly Kubeconfig[]): Finding[] {
  return LISTS.flatMap(([list, field]) => {
    const byName = new Map<string, KubeconfigEntry>()
    return configs.flatMap((config) =>
      entriesOfList(config, list, field).flatMap((entry): Finding[] => {
        const first = byName.get(entry.name)
        byName.set(entry.name, first ?? entry)
        if (first === undefined || (list !== 'contexts' && equalValues(first.content, entry.content)))
          return []
        const message = `the name ${entry.name} under ${list} is already used in ${formatPosition(first.position)}`
        return [finding('kubeconfig-collision', message, entry.position, 'rename it: one of the two is lost')]
      }),
    )
  })
}

const NO_USER =
  'requests are anonymous: name a user, or remove the context and use the service account of the pod'

function danglingReferences(config: Kubeconfig): Finding[] {
  const names = (list: string): Set<string> =>
    new Set(entriesOfList(config, list, '').map(({ name }) => name))
  const [clusters, users, contexts] = [names('clusters'), names('users'), names('contexts')]
  const found = entriesOfList(config, 'contexts', 'context').flatMap(
    ({ name, content, position }): Finding[] => {
      const [cluster, user] = [textOf(content, 'cluster'), textOf(content, 'user')]
      const dangling = (kind: string, target: string, known: Set<string>): Finding[] => {
        if (target === '' || known.has(target)) return []
        const [near] = nearestNames(target, known)
        const message = `the context ${name} names the ${kind} ${target}, which ${config.file} does not have`
        const hint = near === undefined ? `add the ${kind}` : `did you mean ${near}?`
        return [finding('kubeconfig-reference', message, position, hint)]
      }
      const missing =
        user === '' ? [finding('kubeconfig-user', `the context ${name} has no user`, position, NO_USER)] : []
      return [...dangling('cluster', cluster, clusters), ...dangling('user', user, users), ...missing]
    },
  )
  const current = textOf(config.value, 'current-context')
  if (current === '' || contexts.has(current)) return found
  const position = config.origins.positionOfField(config.value, 'current-context')
  return [
    ...found,
    finding(
      'kubeconfig-reference',
      `the current-context ${current} is not a context of ${config.file}`,
      position,
      `name one of its contexts${contexts.size === 0 ? '' : `: ${[...contexts].join(', ')}`}`,
    ),
  ]
}

function unknownContexts(configs: readonly Kubeconfig[], jobs: readonly EffectiveJob[]): Finding[] {
  const known = new Set(configs.flatMap(contextsOf))
  const hasDefault =
    known.has('default') ||
    known.has(IN_CLUSTER) ||
    configs.some(({ value }) => textOf(value, 'current-context') !== '')
  const byContext = new Map<string, EffectiveJob[]>()
  for (const job of jobs) {
    const cluster = textOf(job.job, 'cluster')
    if (
      textOf(job.job, 'agent') !== 'kubernetes' ||
      known.has(cluster) ||
      (cluster === 'default' && hasDefault)
    )
      continue
    byContext.set(cluster, [...(byContext.get(cluster) ?? []), job])
  }
  return [...byContext].map(([cluster, list]) => {
    const isDefault = cluster === 'default'
    const who = list.length === 1 ? `the job ${list[0]?.name ?? ''}` : `${list.length} jobs`
    return finding(
      'kubeconfig-context',
      isDefault
        ? `${who} without a cluster would run in the context default, which no kubeconfig defines`
        : `${who} would run in the context ${cluster}, which no kubeconfig defines`,
      list[0]?.position,
      nearestNames(cluster, known)[0] === undefined
        ? 'add the context, or change the cluster'
        : `did you mean ${nearestNames(cluster, known)[0]}?`,
    )
  })
}
