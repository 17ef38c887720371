import { type JsonMap, type KindCases, WRITTEN_NULL } from './case.ts'

const RBAC = 'rbac.authorization.k8s.io'
const object = (
  apiVersion: string,
  kind: string,
  name: string,
  body: JsonMap,
  namespace?: string,
): JsonMap => ({
  apiVersion,
  kind,
  metadata: namespace === undefined ? { name } : { name, namespace },
  ...body,
})
const service = (name: string, spec: JsonMap): JsonMap =>
  object(
    'v1',
    'Service',
    name,
    { spec: { ports: [{ port: 80 }], selector: { app: 'deck' }, ...spec } },
    'default',
  )
const binding = (kind: string, namespace?: string): JsonMap =>
  object(
    `${RBAC}/v1`,
    kind,
    'binding',
    { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' }, subjects: [] },
    namespace,
  )
const BINDING_PATCHES: readonly JsonMap[] = [
  { roleRef: { name: 'edit' } },
  { roleRef: { apiGroup: null } },
  { subjects: [{ kind: 'User', name: 'a', apiGroup: RBAC }] },
  { metadata: { labels: { a: 'b' } } },
]
const version = (name: string, storage: boolean, more: JsonMap = {}): JsonMap => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  ...more,
})
const NAMES = {
  kind: 'ProwJob',
  plural: 'prowjobs',
  singular: 'prowjob',
  listKind: 'ProwJobList',
  shortNames: ['pj'],
}
const BIG = 'x'.repeat(1_048_577)

/** The longest value whose ConfigMap still fits into the annotation of kubectl apply. */
const MAX_COPY =
  262_144 -
  'kubectl.kubernetes.io/last-applied-configuration'.length -
  '{"apiVersion":"v1","data":{"a":""},"kind":"ConfigMap","metadata":{"annotations":{},"name":"config","namespace":"default"}}\n'
    .length

const SERVICES: readonly KindCases[] = [
  {
    before: service('plain', {}),
    patches: [
      { spec: { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' } },
      { spec: { type: 'NodePort' } },
      { spec: { type: 'LoadBalancer' } },
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'example.com/a' } },
      { spec: { type: 'ExternalName', externalName: 'example.com' } },
      { spec: { clusterIP: 'None' } },
      { spec: { clusterIP: '10.0.0.77' } },
      { spec: { clusterIP: '' } },
      { spec: { ports: [{ port: 81, targetPort: 8081 }] } },
      { spec: { selector: { app: 'hook' } } },
      { spec: { sessionAffinity: 'ClientIP' } },
      { spec: { publishNotReadyAddresses: true } },
      { spec: { ipFamilies: ['IPv4'] } },
      { spec: { ipFamilies: ['IPv6'] } },
      { spec: { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'PreferDualStack' } },
      { spec: { ipFamilyPolicy: 'SingleStack' } },
    ],
  },
  {
    before: service('numbered', { clusterIP: '10.0.0.70' }),
    patches: [
      { spec: { clusterIP: '10.0.0.71' } },
      { spec: { clusterIP: 'None' } },
      { spec: { clusterIP: null } },
      { spec: { clusterIP: null, type: 'NodePort' } },
      { spec: { clusterIP: null, type: 'ExternalName', externalName: 'example.com' } },
      { spec: { clusterIPs: ['10.0.0.70'] } },
    ],
  },
  {
    before: service('headless', { clusterIP: 'None' }),
    patches: [
      { spec: { clusterIP: null } },
      { spec: { clusterIP: '10.0.0.72' } },
      { spec: { ipFamilies: ['IPv6'] } },
      { spec: { clusterIP: null, type: 'ExternalName', externalName: 'example.com' } },
    ],
  },
  {
    before: service('sixth', { ipFamilies: ['IPv6'] }),
    patches: [{ spec: { ipFamilies: ['IPv4'] } }, { spec: { ipFamilies: null } }],
  },
  {
    before: service('outside', { type: 'ExternalName', externalName: 'example.com' }),
    patches: [
      { spec: { externalName: 'example.org' } },
      { spec: { type: 'ClusterIP', externalName: null } },
      { spec: { type: null, externalName: null, clusterIP: 'None' } },
    ],
  },
  {
    before: service('balanced', { type: 'LoadBalancer', loadBalancerClass: 'example.com/a' }),
    patches: [
      { spec: { loadBalancerClass: 'example.com/b' } },
      { spec: { loadBalancerClass: null } },
      { spec: { loadBalancerClass: null, type: 'ClusterIP' } },
      { spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } },
      { spec: { externalTrafficPolicy: 'Local' } },
      { spec: { allocateLoadBalancerNodePorts: false } },
    ],
  },
  {
    before: service('unclassed', { type: 'LoadBalancer' }),
    patches: [{ spec: { loadBalancerClass: 'example.com/b' } }, { spec: { loadBalancerIP: '1.2.3.4' } }],
  },
  {
    before: service('local', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 30999,
    }),
    patches: [
      { spec: { healthCheckNodePort: 30998 } },
      { spec: { healthCheckNodePort: null } },
      { spec: { healthCheckNodePort: null, externalTrafficPolicy: 'Cluster' } },
    ],
  },
]

const HOLDERS: readonly KindCases[] = [
  {
    before: object('v1', 'ConfigMap', 'config', { data: { a: 'x' } }, 'default'),
    patches: [
      { data: { a: 'y' } },
      { binaryData: { b: 'eA==' } },
      { immutable: true },
      { data: { a: BIG } },
      { data: { a: BIG.slice(2) } },
      { data: { a: '<'.repeat(30_000) } },
      { data: { a: '<'.repeat(45_000) } },
      { data: { a: 'x'.repeat(MAX_COPY) } },
      { data: { a: 'x'.repeat(MAX_COPY + 1) } },
    ],
  },
  {
    before: object('v1', 'ConfigMap', 'fixed', { data: { a: 'x' }, immutable: true }, 'default'),
    patches: [
      { data: { a: 'y' } },
      { data: { b: 'y' } },
      { data: null },
      { binaryData: { b: 'eA==' } },
      { binaryData: {} },
      { immutable: false },
      { immutable: null },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
  {
    before: object('v1', 'Secret', 'secret', { data: { a: 'eA==' } }, 'default'),
    patches: [
      { data: { a: 'eQ==' } },
      { stringData: { b: 'y' } },
      { type: 'Opaque' },
      { type: 'example.com/own' },
      { immutable: true },
      { data: { a: Buffer.from(BIG).toString('base64') } },
      { data: { a: Buffer.from(BIG.slice(2)).toString('base64') } },
      { stringData: { b: BIG } },
    ],
  },
  {
    before: object('v1', 'Secret', 'sealed', { data: { a: 'eA==' }, immutable: true }, 'default'),
    patches: [
      { data: { a: 'eQ==' } },
      { stringData: { b: 'y' } },
      { immutable: null },
      { type: 'example.com/own' },
    ],
  },
]

const ACCESS: readonly KindCases[] = [
  { before: binding('RoleBinding', 'default'), patches: BINDING_PATCHES },
  { before: binding('ClusterRoleBinding'), patches: BINDING_PATCHES },
  {
    before: object(`${RBAC}/v1`, 'Role', 'role', { rules: [] }, 'default'),
    patches: [{ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }],
  },
  {
    before: object(`${RBAC}/v1`, 'ClusterRole', 'role', { rules: [] }),
    patches: [
      { rules: [{ nonResourceURLs: ['/'], verbs: ['get'] }] },
      { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } },
    ],
  },
  {
    before: object('v1', 'ServiceAccount', 'account', {}, 'default'),
    patches: [{ automountServiceAccountToken: false }, { secrets: [{ name: 'a' }] }],
  },
]

const CLUSTER: readonly KindCases[] = [
  {
    before: object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 10 }),
    patches: [
      { value: 11 },
      { preemptionPolicy: 'PreemptLowerPriority' },
      { preemptionPolicy: 'Never' },
      { description: 'x' },
      { globalDefault: false },
    ],
  },
  {
    before: object('node.k8s.io/v1', 'RuntimeClass', 'kata', { handler: 'kata' }),
    patches: [
      { handler: 'other' },
      { overhead: { podFixed: { cpu: '1' } } },
      { scheduling: { nodeSelector: { a: 'b' } } },
    ],
  },
  {
    before: object('networking.k8s.io/v1', 'IngressClass', 'class', {
      spec: { controller: 'example.com/a' },
    }),
    patches: [
      { spec: { controller: 'example.com/b' } },
      { spec: { parameters: { apiGroup: 'example.com', kind: 'A', name: 'a', scope: 'Cluster' } } },
      { metadata: { annotations: { a: 'b' } } },
    ],
  },
  {
    before: object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'prowjobs.prow.example.com', {
      spec: { group: 'prow.example.com', scope: 'Namespaced', names: NAMES, versions: [version('v1', true)] },
    }),
    patches: [
      { spec: { scope: 'Cluster' } },
      { spec: { group: 'other.io' } },
      { spec: { names: { kind: 'Other' } } },
      { spec: { names: { plural: 'others' } } },
      { spec: { names: { singular: 'job' } } },
      { spec: { names: { listKind: 'OtherList' } } },
      { spec: { names: { shortNames: ['job'] } } },
      { spec: { names: { categories: ['all'] } } },
      { spec: { versions: [version('v2', true)] } },
      { spec: { versions: [version('v1', false), version('v2', true)] } },
      { spec: { versions: [version('v1', true), version('v2', false)] } },
      { spec: { versions: [version('v1', true, { deprecated: true })] } },
      { spec: { versions: [version('v1', true, { subresources: { status: {} } })] } },
      { spec: { versions: [version('v1', true, { schema: { openAPIV3Schema: { type: 'object' } } })] } },
    ],
  },
  {
    before: object('v1', 'Namespace', 'other', {}),
    patches: [{ metadata: { labels: { a: 'b' } } }],
  },
  {
    before: object('v1', 'Node', 'node', {
      spec: { podCIDR: '10.1.0.0/24', podCIDRs: ['10.1.0.0/24'], providerID: 'a://1' },
    }),
    patches: [
      { spec: { providerID: 'a://2' } },
      { spec: { unschedulable: true } },
      { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
      { spec: { podCIDR: '10.2.0.0/24', podCIDRs: ['10.2.0.0/24'] } },
    ],
  },
  {
    before: object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'hooks', {
      webhooks: [],
    }),
    patches: [{ metadata: { labels: { a: 'b' } } }],
  },
  {
    before: object('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', 'level', {
      spec: { type: 'Limited', limited: { limitResponse: { type: 'Reject' } } },
    }),
    patches: [{ spec: { limited: { nominalConcurrencyShares: 5 } } }],
  },
]

const NAMESPACED: readonly KindCases[] = [
  {
    before: object(
      'v1',
      'ResourceQuota',
      'quota',
      { spec: { hard: { pods: '1' }, scopes: ['BestEffort'] } },
      'default',
    ),
    patches: [
      { spec: { hard: { pods: '2' } } },
      { spec: { scopes: ['NotBestEffort'] } },
      { spec: { scopes: null } },
      { spec: { scopes: ['BestEffort', 'NotTerminating'] } },
    ],
  },
  {
    before: object(
      'v1',
      'LimitRange',
      'limits',
      { spec: { limits: [{ type: 'Pod', max: { cpu: '1' } }] } },
      'default',
    ),
    patches: [{ spec: { limits: [{ type: 'Pod', max: { cpu: '2' } }] } }],
  },
  {
    before: object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'scaler',
      {
        spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'deck' } },
      },
      'default',
    ),
    patches: [{ spec: { maxReplicas: 4 } }, { spec: { scaleTargetRef: { name: 'hook' } } }],
  },
  {
    before: object(
      'policy/v1',
      'PodDisruptionBudget',
      'budget',
      {
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'deck' } } },
      },
      'default',
    ),
    patches: [
      { spec: { minAvailable: '50%' } },
      { spec: { minAvailable: null, maxUnavailable: 1 } },
      { spec: { selector: { matchLabels: { app: 'hook' } } } },
    ],
  },
  {
    before: object(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'policy',
      { spec: { podSelector: {} } },
      'default',
    ),
    patches: [{ spec: { podSelector: { matchLabels: { a: 'b' } } } }, { spec: { policyTypes: ['Egress'] } }],
  },
  {
    before: object(
      'networking.k8s.io/v1',
      'Ingress',
      'ingress',
      {
        spec: { ingressClassName: 'a', defaultBackend: { service: { name: 'deck', port: { number: 80 } } } },
      },
      'default',
    ),
    patches: [{ spec: { ingressClassName: 'b' } }, { spec: { tls: [{ hosts: ['a.b'] }] } }],
  },
  {
    before: object(
      'discovery.k8s.io/v1',
      'EndpointSlice',
      'slice',
      { addressType: 'IPv4', endpoints: [] },
      'default',
    ),
    patches: [
      { addressType: 'IPv6' },
      { endpoints: [{ addresses: ['10.0.0.1'] }] },
      { ports: [{ port: 80 }] },
    ],
  },
  {
    before: object('apps/v1', 'ControllerRevision', 'revision', { revision: 1, data: { a: 1 } }, 'default'),
    patches: [{ data: { a: 2 } }, { revision: 2 }],
  },
  {
    before: object(
      'v1',
      'PodTemplate',
      'template',
      { template: { spec: { containers: [{ name: 'a', image: 'a:1' }] } } },
      'default',
    ),
    patches: [{ template: { spec: { containers: [{ name: 'a', image: 'a:2' }] } } }],
  },
  {
    before: object('coordination.k8s.io/v1', 'Lease', 'lease', { spec: { holderIdentity: 'a' } }, 'default'),
    patches: [{ spec: { holderIdentity: 'b', leaseDurationSeconds: 3 } }],
  },
  {
    before: object(
      'resource.k8s.io/v1',
      'ResourceClaim',
      'claim',
      {
        spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'gpu' } }] } },
      },
      'default',
    ),
    patches: [
      { spec: { devices: { requests: [{ name: 'b', exactly: { deviceClassName: 'gpu' } }] } } },
      { metadata: { labels: { a: 'b' } } },
      { spec: { devices: { constraints: WRITTEN_NULL } } },
    ],
  },
]

export const OTHER_KINDS: readonly KindCases[] = [
  ...SERVICES,
  ...HOLDERS,
  ...ACCESS,
  ...CLUSTER,
  ...NAMESPACED,
]
