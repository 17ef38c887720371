import { isMap, member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { type ClusterObject, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** The components of Prow that connect to build clusters. */
const COMPONENTS: ReadonlySet<string> = new Set(['deck', 'sinker', 'prow-controller-manager', 'crier'])

/** The file or folder from which a container reads its kubeconfig. */
function kubeconfigPath(container: Value): string | undefined {
  const argument = /^--?kubeconfig(?:-dir)?(?:=(.*))?$/u
  const words = [...textsOf(container, 'command'), ...textsOf(container, 'args')]
  for (const [index, word] of words.entries()) {
    const found = argument.exec(word)
    if (found !== null) return found[1] ?? words[index + 1]
  }
  const variable = mapsOf(container, 'env').find((env) => textOf(env, 'name') === 'KUBECONFIG')
  return variable === undefined ? undefined : textOf(variable, 'value') || '/'
}

function problem({ name, value }: ClusterObject): string | undefined {
  const spec = member(member(member(value, 'spec'), 'template'), 'spec')
  if (!isMap(spec)) return undefined
  const containers = mapsOf(spec, 'containers')
  const container = containers.find((each) => textOf(each, 'name') === name) ?? containers[0]
  if (container === undefined) return undefined
  const path = kubeconfigPath(container)
  if (path === undefined) return 'has no kubeconfig, so it only sees its own cluster'
  const paths = path.split(':').filter((each) => each !== '')
  const mounts = mapsOf(container, 'volumeMounts').map((mount) =>
    textOf(mount, 'mountPath').replace(/\/+$/u, ''),
  )
  const isMounted = paths.some(
    (each) => each === '/' || mounts.some((mount) => each === mount || each.startsWith(`${mount}/`)),
  )
  return isMounted ? undefined : `reads its kubeconfig from ${path}, where nothing is mounted`
}

/** Components that need a kubeconfig and mount none. */
export const kubeconfigMount: Rule<ProwCheck> = {
  name: 'kubeconfig-mount',
  severity: 'error',
  doc: 'Jobs run in build clusters, but a component that connects to them mounts no kubeconfig.',
  check({ prow, clusters }) {
    const remote = new Set(
      prow.jobs.filter(({ job }) => job['agent'] === 'kubernetes').map(({ job }) => textOf(job, 'cluster')),
    )
    remote.delete('default')
    if (remote.size === 0) return []
    return clusters.flatMap(({ overlay, context, objects }) =>
      objects
        .filter(({ kind, name }) => kind === 'Deployment' && COMPONENTS.has(name))
        .flatMap((object): Finding[] => {
          const found = problem(object)
          if (found === undefined) return []
          return [
            {
              rule: 'kubeconfig-mount',
              severity: 'error',
              message: `${object.name} of the overlay ${overlay ?? context} ${found}, but jobs run in ${[...remote].toSorted().join(', ')}`,
              hint: 'mount the Secret of the kubeconfig, and name it with --kubeconfig or KUBECONFIG',
            },
          ]
        }),
    )
  },
  examples: {
    fires: [
      example(
        'no kubeconfig at all',
        { jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, SPEC}' },
        { clusters: [{ context: 'c', overlay: 'c', objects: [deployment('crier', {})] }] },
      ),
      example(
        'a path without a mount',
        { jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, SPEC}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'c',
              objects: [deployment('sinker', { args: ['--kubeconfig=/etc/kubeconfig/config'] })],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'mounted',
        { jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, SPEC}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'c',
              objects: [
                deployment('deck', {
                  env: [{ name: 'KUBECONFIG', value: '/etc/kubeconfig/config' }],
                  volumeMounts: [{ name: 'k', mountPath: '/etc/kubeconfig' }],
                }),
              ],
            },
          ],
        },
      ),
      example(
        'one cluster',
        { jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' },
        { clusters: [{ context: 'c', overlay: 'c', objects: [deployment('crier', {})] }] },
      ),
    ],
  },
}

function deployment(name: string, container: Record<string, Value>): ClusterObject {
  return {
    kind: 'Deployment',
    namespace: 'prow',
    name,
    value: { spec: { template: { spec: { containers: [{ name, ...container }] } } } },
  }
}
