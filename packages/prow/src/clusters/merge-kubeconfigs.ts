import { equalValues, isMap, type Value, type ValueMap } from '@overlay-render/golden'
import { formatPosition } from '@overlay-render/system'

import { textOf } from '../jobs/repository.ts'
import { ProwFault } from '../prow-fault.ts'
import { entriesOfList, type Kubeconfig, type KubeconfigEntry, LISTS } from './kubeconfig.ts'

/**
 * How kubeconfigs are merged. `prow`: each file is read by itself, so that clusters and users with the same name in two files stay
 * separate, but a context may occur only once; the last current-context wins. `kubectl`: the first entry of a name wins. `union`:
 * entries with the same name must be equal.
 */
export type KubeconfigSemantics = 'prow' | 'kubectl' | 'union'

/** The names of the semantics. */
export const KUBECONFIG_SEMANTICS: readonly string[] = ['prow', 'kubectl', 'union']

/** Whether the name is one of the semantics. */
export function isKubeconfigSemantics(name: string): name is KubeconfigSemantics {
  return KUBECONFIG_SEMANTICS.includes(name)
}

/**
 * Merges kubeconfigs into one.
 *
 * @throws ProwFault `kubeconfig-conflict`, with every collision by name and position, and never a credential
 */
export function mergeKubeconfigs(configs: readonly Kubeconfig[], semantics: KubeconfigSemantics): ValueMap {
  const parts = semantics === 'prow' ? keepApart(configs) : configs.map(partsOf)
  const collisions: string[] = []
  const merged = LISTS.map(([list, field]) => {
    const byName = new Map<string, KubeconfigEntry>()
    for (const entry of parts.flatMap((part) => part[list])) {
      const first = byName.get(entry.name)
      if (first === undefined) byName.set(entry.name, entry)
      else if (collides(first, entry, list, semantics))
        collisions.push(
          `${list} ${entry.name}: ${formatPosition(first.position)} and ${formatPosition(entry.position)}`,
        )
    }
    return [
      list,
      [...byName.values()].map(({ name, content }): ValueMap => ({ name, [field]: content })),
    ] as const
  })
  if (collisions.length > 0) {
    throw new ProwFault({
      code: 'kubeconfig-conflict',
      message: `the kubeconfigs collide in ${collisions.length} ${collisions.length === 1 ? 'name' : 'names'}`,
      details: collisions,
      hint: 'rename one of each pair',
    })
  }
  const contexts = configs.map(({ value }) => textOf(value, 'current-context')).filter((name) => name !== '')
  const current = semantics === 'prow' ? contexts.at(-1) : contexts[0]
  return {
    apiVersion: 'v1',
    kind: 'Config',
    ...Object.fromEntries(merged),
    'current-context': current ?? '',
  }
}

type Parts = Readonly<Record<(typeof LISTS)[number][0], readonly KubeconfigEntry[]>>

function partsOf(config: Kubeconfig): Parts {
  return {
    clusters: entriesOfList(config, 'clusters', 'cluster'),
    users: entriesOfList(config, 'users', 'user'),
    contexts: entriesOfList(config, 'contexts', 'context'),
  }
}

function collides(
  first: KubeconfigEntry,
  second: KubeconfigEntry,
  list: string,
  semantics: KubeconfigSemantics,
): boolean {
  if (semantics === 'kubectl') return false
  return (semantics === 'prow' && list === 'contexts') || !equalValues(first.content, second.content)
}

/** Prow reads each file by itself: clusters and users that share a name get the number of their file appended. */
function keepApart(configs: readonly Kubeconfig[]): Parts[] {
  const taken = { clusters: new Map<string, Value>(), users: new Map<string, Value>() }
  return configs.map((config, index) => {
    const { clusters, users, contexts } = partsOf(config)
    const rename = (list: 'clusters' | 'users', entries: readonly KubeconfigEntry[]): Map<string, string> =>
      new Map(
        entries.map(({ name, content }) => {
          const known = taken[list].get(name)
          const fresh = known === undefined || equalValues(known, content) ? name : `${name}-${index + 1}`
          if (!taken[list].has(fresh)) taken[list].set(fresh, content)
          return [name, fresh]
        }),
      )
    const [ofClusters, ofUsers] = [rename('clusters', clusters), rename('users', users)]
    return {
      clusters: clusters.map((entry) => ({ ...entry, name: ofClusters.get(entry.name) ?? entry.name })),
      users: users.map((entry) => ({ ...entry, name: ofUsers.get(entry.name) ?? entry.name })),
      contexts: contexts.map((entry) => ({ ...entry, content: pointTo(entry.content, ofClusters, ofUsers) })),
    }
  })
}

function pointTo(content: Value, clusters: Map<string, string>, users: Map<string, string>): Value {
  const cluster = clusters.get(textOf(content, 'cluster'))
  const user = users.get(textOf(content, 'user'))
  if (!isMap(content)) return content
  return {
    ...content,
    ...(cluster === undefined ? {} : { cluster }),
    ...(user === undefined ? {} : { user }),
  }
}
