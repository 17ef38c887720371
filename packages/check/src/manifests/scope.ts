import { groupOf, memberAt, type Resource, type ResourceId } from '@overlay-render/golden'

/** The cluster-scoped kinds of Kubernetes, by API group. From the API reference, v1.34. */
const CLUSTER_WIDE: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume']],
  [
    'admissionregistration.k8s.io',
    [
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
    ],
  ],
  ['apiextensions.k8s.io', ['CustomResourceDefinition']],
  ['apiregistration.k8s.io', ['APIService']],
  ['authentication.k8s.io', ['TokenReview', 'SelfSubjectReview']],
  ['authorization.k8s.io', ['SubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview']],
  ['certificates.k8s.io', ['CertificateSigningRequest', 'ClusterTrustBundle']],
  ['flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['internal.apiserver.k8s.io', ['StorageVersion']],
  ['networking.k8s.io', ['IngressClass', 'IPAddress', 'ServiceCIDR']],
  ['node.k8s.io', ['RuntimeClass']],
  ['policy', ['PodSecurityPolicy']],
  ['rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding']],
  ['resource.k8s.io', ['DeviceClass', 'ResourceSlice']],
  ['scheduling.k8s.io', ['PriorityClass']],
  ['storage.k8s.io', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass']],
  ['storagemigration.k8s.io', ['StorageVersionMigration']],
])

/** The API groups of Kubernetes. All other kinds in them are namespaced. */
const BUILT_IN: ReadonlySet<string> = new Set([
  ...CLUSTER_WIDE.keys(),
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
])

/** API groups of custom resources that Prow deployments use, with their cluster-scoped kinds; their other kinds are namespaced. */
const CUSTOM: ReadonlyMap<string, readonly string[]> = new Map([
  ['bitnami.com', []],
  ['cert-manager.io', ['ClusterIssuer']],
  ['external-secrets.io', ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore']],
  ['gateway.networking.k8s.io', ['GatewayClass']],
  ['kubernetes-client.io', []],
  ['monitoring.coreos.com', []],
  ['networking.gke.io', ['GKENetworkParamSet', 'Network']],
  ['prow.k8s.io', []],
  ['traefik.io', []],
])

/** The scope of a kind; `unknown` for a custom resource that is not known here and whose definition is not among the given objects. */
export function scopeOf(
  { apiVersion, kind }: ResourceId,
  resources: readonly Resource[],
): 'namespace' | 'cluster' | 'unknown' {
  const group = groupOf(apiVersion)
  if (BUILT_IN.has(group)) return CLUSTER_WIDE.get(group)?.includes(kind) === true ? 'cluster' : 'namespace'
  const definition = resources.find(
    ({ id, value }) =>
      id.kind === 'CustomResourceDefinition' &&
      memberAt(value, 'spec', 'group') === group &&
      memberAt(value, 'spec', 'names', 'kind') === kind,
  )
  if (definition !== undefined)
    return memberAt(definition.value, 'spec', 'scope') === 'Cluster' ? 'cluster' : 'namespace'
  const custom = CUSTOM.get(group)
  if (custom === undefined) return 'unknown'
  return custom.includes(kind) ? 'cluster' : 'namespace'
}
