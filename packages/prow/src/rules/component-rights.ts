import { containersOf, podTemplatesOf, type Rule } from '@overlay-render/check'
import { type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { textOf } from '../jobs/repository.ts'
import { configOf, example, positionInConfig, type ProwCheck } from './prow-check.ts'
import { type Account, listGrants, type RightsOn } from './rights.ts'

/**
 * The verbs on ProwJobs without which a component does not work, by the name of its image: those that Prow's own Roles
 * (`test/integration/config/prow/cluster/*_rbac.yaml`) have in common with older releases.
 */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['crier', ['get', 'list', 'patch', 'watch']],
  ['deck', ['get', 'list', 'watch']],
  ['exporter', ['get', 'list', 'watch']],
  ['hook', ['create', 'get', 'list']],
  ['horologium', ['create', 'list', 'watch']],
  ['prow-controller-manager', ['get', 'list', 'patch', 'watch']],
  ['sinker', ['delete', 'get', 'list', 'watch']],
  ['status-reconciler', ['create']],
  ['tide', ['create', 'get', 'list', 'watch']],
])

const FIELD = 'prowjob_namespace'
const PROWJOBS: RightsOn = { group: 'prow.k8s.io', resource: 'prowjobs' }

/** The component that an image contains; undefined unless the image is one of Prow's. */
function componentOf(image: string): string | undefined {
  const path = image.replace(/@.*$/u, '').replace(/:[^/:]*$/u, '')
  if (!/\bk8s-(?:infra-)?prow\//u.test(path)) return undefined
  return path.slice(path.lastIndexOf('/') + 1)
}

interface Component extends Account {
  readonly component: string
  readonly deployment: string
}

/** The components of Prow in a cluster, each with its ServiceAccount. */
function componentsOf({ objects }: ProwCheck['clusters'][number]): Component[] {
  return objects.flatMap(({ name, namespace, value }) =>
    (value === undefined ? [] : podTemplatesOf(value)).flatMap(({ spec }) =>
      containersOf(spec).flatMap((container): Component[] => {
        const component = componentOf(textOf(container, 'image'))
        if (component === undefined || !NEEDED.has(component)) return []
        const account = textOf(spec, 'serviceAccountName') || textOf(spec, 'serviceAccount') || 'default'
        return [{ component, deployment: name, namespace, name: account }]
      }),
    ),
  )
}

/** Components whose ServiceAccount may not do in the namespace of the ProwJobs what they need to do there. */
export const componentRights: Rule<ProwCheck> = {
  name: 'component-rights',
  severity: 'error',
  doc: 'A component of Prow has no permission to read or write ProwJobs in prowjob_namespace: its RoleBinding is missing, or in another namespace.',
  check(input) {
    const { clusters } = input
    return clusters.flatMap((cluster) => {
      const namespace = textOf(configOf(input, cluster.config), FIELD)
      if (namespace === '') return []
      const here = clusters.filter(({ context }) => context === cluster.context)
      const grants = listGrants(
        here.flatMap(({ objects }) => objects),
        PROWJOBS,
      )
      // Without any Role for ProwJobs, the Roles are kept elsewhere.
      if (!grants.some(({ isKnown }) => isKnown)) return []
      return componentsOf(cluster).flatMap((component): Finding[] => {
        const verbs = NEEDED.get(component.component) ?? []
        const missing = verbs.filter(
          (verb) => !grants.some((grant) => grant.allows(component, namespace, verb)),
        )
        if (missing.length === 0) return []
        return [
          {
            rule: 'component-rights',
            severity: 'error',
            message: `${component.deployment} of the overlay ${cluster.overlay ?? cluster.context} may not ${missing.join(', ')} ProwJobs in ${FIELD} ${namespace}: no RoleBinding there gives this to its ServiceAccount ${component.name} of ${component.namespace}`,
            position: positionInConfig(input, cluster.config, [FIELD]),
            hint: `render a Role and a RoleBinding in ${namespace} with the verbs ${verbs.join(', ')} on prowjobs.prow.k8s.io`,
          },
        ]
      })
    })
  },
  examples: {
    fires: [
      rendered('a RoleBinding in another namespace', [...roleAndBinding('prow')]),
      rendered('a RoleBinding of another ServiceAccount', [
        ...roleAndBinding('prowjobs', {
          subjects: [{ kind: 'ServiceAccount', name: 'deck', namespace: 'prow' }],
        }),
      ]),
      rendered('a Role without the verb', [
        ...roleAndBinding('prowjobs', { verbs: ['get', 'list', 'watch'] }),
      ]),
    ],
    silent: [
      rendered('a RoleBinding in the namespace', [...roleAndBinding('prowjobs')]),
      rendered('a ClusterRoleBinding', [...roleAndBinding('prowjobs', { cluster: 'Cluster' })]),
      rendered('a ClusterRole that Kubernetes has', [
        ...roleAndBinding('prow'),
        {
          kind: 'RoleBinding',
          metadata: { name: 'admin', namespace: 'prowjobs' },
          roleRef: { kind: 'ClusterRole', name: 'admin' },
          subjects: [{ kind: 'Group', name: 'system:serviceaccounts:prow' }],
        },
      ]),
      rendered('Roles that are kept elsewhere', []),
    ],
  },
}

interface Binding {
  readonly cluster?: 'Cluster' | ''
  readonly verbs?: readonly string[]
  readonly subjects?: readonly Record<string, string>[]
}

/** A Role for ProwJobs in a namespace, and its RoleBinding. */
function roleAndBinding(namespace: string, binding: Binding = {}): Record<string, Value>[] {
  const { cluster = '', verbs = ['get', 'list', 'watch', 'delete'] } = binding
  const { subjects = [{ kind: 'ServiceAccount', name: 'sinker', namespace: 'prow' }] } = binding
  const metadata = cluster === '' ? { name: 'sinker', namespace } : { name: 'sinker' }
  return [
    {
      kind: `${cluster}Role`,
      metadata,
      rules: [{ apiGroups: ['prow.k8s.io'], resources: ['prowjobs'], verbs: [...verbs] }],
    },
    {
      kind: `${cluster}RoleBinding`,
      metadata,
      roleRef: { kind: `${cluster}Role`, name: 'sinker' },
      subjects: subjects.map((subject) => ({ ...subject })),
    },
  ]
}

/** An overlay with sinker, whose ProwJobs are in the namespace prowjobs. */
function rendered(says: string, others: readonly Record<string, Value>[]) {
  const sinker = {
    kind: 'Deployment',
    metadata: { name: 'sinker', namespace: 'prow' },
    spec: {
      template: {
        spec: {
          serviceAccountName: 'sinker',
          containers: [{ name: 'sinker', image: 'gcr.io/k8s-prow/sinker:v20240101' }],
        },
      },
    },
  }
  const objects = [sinker, ...others].map((value) => ({
    kind: textOf(value, 'kind'),
    namespace: textOf(value['metadata'], 'namespace'),
    name: textOf(value['metadata'], 'name'),
    value,
  }))
  return example(
    says,
    { config: 'prowjob_namespace: prowjobs' },
    { clusters: [{ context: 'default', overlay: 'production', objects }] },
  )
}
