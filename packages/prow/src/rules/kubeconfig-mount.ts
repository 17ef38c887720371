import { memberAt, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { type ClusterObject, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** The components of Prow that connect to build clusters. */
const COMPONENTS: ReadonlySet<string> = new Set(['deck', 'sinker', 'prow-controller-manager', 'crier'])

/** A field of a container or an object, by its keys and indices. */
type FieldPath = readonly (string | number)[]

interface Kubeconfig {
  /** The file or folder from which a container reads it. */
  readonly path: string
  /** The field of the container that names it. */
  readonly namedAt: FieldPath
}

function kubeconfigOf(container: Value): Kubeconfig | undefined {
  const argument = /^--?kubeconfig(?:-dir)?(?:=(.*))?$/u
  const words = ['command', 'args'].flatMap((field) =>
    textsOf(container, field).map((word, index) => ({ word, namedAt: [field, index] })),
  )
  for (const [index, { word, namedAt }] of words.entries()) {
    const found = argument.exec(word)
    const path = found?.[1] ?? words[index + 1]?.word
    if (found !== null) return path === undefined ? undefined : { path, namedAt }
  }
  const variables = mapsOf(container, 'env')
  const index = variables.findIndex((env) => textOf(env, 'name') === 'KUBECONFIG')
  const variable = variables[index]
  return variable === undefined
    ? undefined
    : { path: textOf(variable, 'value') || '/', namedAt: ['env', index, 'value'] }
}

interface Problem {
  /** Follows the name of the component. */
  readonly says: string
  /** The field of the Deployment that it is about. */
  readonly at: FieldPath
}

const POD = ['spec', 'template', 'spec']

function problemOf({ name, value }: ClusterObject): Problem | undefined {
  const spec = value === undefined ? undefined : memberAt(value, ...POD)
  const containers = mapsOf(spec ?? null, 'containers')
  const index = Math.max(
    0,
    containers.findIndex((each) => textOf(each, 'name') === name),
  )
  const container = containers[index]
  if (container === undefined) return undefined
  const place = [...POD, 'containers', index]
  const kubeconfig = kubeconfigOf(container)
  if (kubeconfig === undefined)
    return { says: 'has no kubeconfig, so it only sees its own cluster', at: place }
  const { path, namedAt } = kubeconfig
  if (isMounted(container, path)) return undefined
  return { says: `reads its kubeconfig from ${path}, where nothing is mounted`, at: [...place, ...namedAt] }
}

/** Whether one of the paths, which are separated by colons, is below a mount. */
function isMounted(container: Value, paths: string): boolean {
  const mounts = mapsOf(container, 'volumeMounts').map((mount) =>
    textOf(mount, 'mountPath').replace(/\/+$/u, ''),
  )
  return paths
    .split(':')
    .filter((path) => path !== '')
    .some((path) => path === '/' || mounts.some((mount) => path === mount || path.startsWith(`${mount}/`)))
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
          const found = problemOf(object)
          if (found === undefined) return []
          return [
            {
              rule: 'kubeconfig-mount',
              severity: 'error',
              message: `${object.name} of the overlay ${overlay ?? context} ${found.says}, but jobs run in ${[...remote].toSorted().join(', ')}`,
              position: object.sourceOf?.(found.at),
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
