import { rulesOf, type UpdateRule } from './update-rule.ts'

/** The other groups of Kubernetes, and the templates of the Cluster API. */
export const OTHER_RULES: readonly UpdateRule[] = [
  ...rulesOf('rbac.authorization.k8s.io', ['RoleBinding', 'ClusterRoleBinding'], 'immutable', ['roleRef']),
  ...rulesOf('scheduling.k8s.io', ['PriorityClass'], 'immutable', ['value', 'preemptionPolicy']),
  ...rulesOf('node.k8s.io', ['RuntimeClass'], 'immutable', ['handler']),
  ...rulesOf('resource.k8s.io', ['ResourceClaim', 'ResourceClaimTemplate'], 'immutable', ['spec']),
  ...rulesOf('apiextensions.k8s.io', ['CustomResourceDefinition'], 'immutable', [
    'spec.group',
    'spec.scope',
    'spec.names.kind',
    'spec.names.plural',
  ]),
  ...rulesOf('infrastructure.cluster.x-k8s.io', /Template$/u, 'immutable', ['spec.template']),
  ...rulesOf('controlplane.cluster.x-k8s.io', /Template$/u, 'immutable', ['spec.template']),
  ...rulesOf('networking.k8s.io', ['IngressClass'], 'immutable', ['spec.controller']),
  ...rulesOf('networking.k8s.io', ['IPAddress'], 'immutable', ['spec.parentRef']),
  ...rulesOf('networking.k8s.io', ['ServiceCIDR'], 'only-added', ['spec.cidrs']),
  ...rulesOf('discovery.k8s.io', ['EndpointSlice'], 'immutable', ['addressType']),
]
