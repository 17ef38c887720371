import { formatId } from '@overlay-render/golden'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import { scopeOf } from './scope.ts'

/** Objects without a namespace among others with one. */
export const noNamespace: Rule<ManifestCheck> = {
  name: 'no-namespace',
  severity: 'error',
  doc: 'An object has no namespace while others of the render have one, so it is applied to the current namespace.',
  check: (input) => {
    const { resources, definitions } = input
    const known = [...resources, ...definitions]
    // A render without any namespace is meant to be applied with `--namespace`.
    if (resources.every(({ id }) => id.namespace === '')) return []
    return resources
      .filter(({ id }) => id.namespace === '' && scopeOf(id, known) === 'namespace')
      .map((resource) =>
        about(input, resource, {
          rule: 'no-namespace',
          severity: 'error',
          message: `${formatId(resource.id)} has no namespace`,
          hint: 'give it metadata.namespace: without one it is applied to the current namespace of kubectl',
        }),
      )
  },
  examples: {
    fires: [
      manifestExample(
        'a DaemonSet among others',
        `${object('v1', 'Service', 'prow')}---\n${object('apps/v1', 'DaemonSet')}`,
      ),
      manifestExample(
        'a custom resource whose definition is rendered',
        `${object('v1', 'Service', 'prow')}---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: example.com, scope: Namespaced, names: {kind: Thing}}\n---\n${object('example.com/v1', 'Thing')}`,
      ),
      manifestExample(
        'a custom resource of the Prometheus operator',
        `${object('v1', 'Service', 'prow')}---\n${object('monitoring.coreos.com/v1', 'ServiceMonitor')}`,
      ),
    ],
    silent: [
      manifestExample(
        'cluster-scoped kinds',
        `${object('v1', 'Service', 'prow')}---\n${object('v1', 'Namespace')}---\n${object('scheduling.k8s.io/v1', 'PriorityClass')}`,
      ),
      manifestExample(
        'a cluster-scoped custom resource',
        `${object('v1', 'Service', 'prow')}---\n${object('cert-manager.io/v1', 'ClusterIssuer')}`,
      ),
      manifestExample(
        'a custom resource without a known definition',
        `${object('v1', 'Service', 'prow')}---\n${object('example.com/v1', 'Thing')}`,
      ),
      manifestExample(
        'a render without any namespace',
        `${object('v1', 'Service')}---\n${object('v1', 'ConfigMap')}`,
      ),
    ],
  },
}

function object(apiVersion: string, kind: string, namespace?: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a${namespace === undefined ? '' : `, namespace: ${namespace}`}}\n`
}
