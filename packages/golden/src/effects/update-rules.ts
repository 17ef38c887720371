import { isList, memberAt, type Value } from '../resources/value.ts'

/** How a field of an object may change. */
export type FieldRule =
  | 'immutable'
  /** It may be set once. */
  | 'set-once'
  /** It cannot be changed; leaving it out keeps its value. */
  | 'kept'
  /** It may be changed, but not removed. */
  | 'not-removed'
  /** A quantity or a number. */
  | 'not-smaller'
  /** It may be set or become smaller. */
  | 'not-larger'
  /** A list that may only grow. */
  | 'only-added'
  /** A list that may only shrink. */
  | 'only-removed'

/** How the API server validates the change of one field. */
export interface UpdateRule {
  /** The API group; '' is the core group. */
  readonly group: string
  readonly kinds: readonly string[] | RegExp
  /** A path of keys. The rule includes everything below it. */
  readonly path: string
  readonly rule: FieldRule
  /** Paths below it that may change, or that other rows cover: `spec.containers[].image`. */
  readonly except?: readonly string[]
  /** When the rule applies; always when absent. */
  readonly when?: (before: Value, after: Value) => boolean
}

/** The message of a rule; follows the path of the field. */
export const RULE_WORDS: Readonly<Record<FieldRule, string>> = {
  immutable: 'cannot be changed once the object exists',
  'set-once': 'cannot be changed once it is set',
  kept: 'cannot be changed once the object exists',
  'not-removed': 'cannot be removed once it is set',
  'not-smaller': 'cannot become smaller',
  'not-larger': 'cannot become larger',
  'only-added': 'can only get more items',
  'only-removed': 'can only lose items',
}

const is =
  (path: string, wanted: Value) =>
  (before: Value): boolean =>
    memberAt(before, ...path.split('.')) === wanted

const serviceType = (service: Value): Value => memberAt(service, 'spec', 'type') ?? 'ClusterIP'
const bothAre =
  (test: (service: Value) => boolean) =>
  (before: Value, after: Value): boolean =>
    test(before) && test(after)
/** Whether a Service has a cluster IP before and after the change. */
export const hasClusterIp: (before: Value, after: Value) => boolean = bothAre(
  (service) => serviceType(service) !== 'ExternalName',
)
/** Whether a Service has no cluster IP. */
export const isHeadless = (service: Value): boolean => memberAt(service, 'spec', 'clusterIP') === 'None'
const isIndexed = is('spec.completionMode', 'Indexed')
const isSuspended = is('spec.suspend', true)

/** Whether a pod has scheduling gates: until they are removed, its scheduling constraints can be tightened. */
const isGated = (pod: Value): boolean => {
  const gates = memberAt(pod, 'spec', 'schedulingGates')
  return isList(gates) && gates.length > 0
}
const POD_CHANGES = [
  'spec.containers[].image',
  'spec.initContainers[].image',
  'spec.activeDeadlineSeconds',
  'spec.tolerations',
  'spec.schedulingGates',
]

/** Scheduling fields of a suspended Job, which a queue may set. */
const SCHEDULING = [
  'spec.template.spec.affinity',
  'spec.template.spec.nodeSelector',
  'spec.template.spec.tolerations',
  'spec.template.spec.schedulingGates',
  'spec.template.metadata',
]

/**
 * From the update validation of the Kubernetes API server (v1.34: `pkg/apis/<group>/validation`; each row is verified with
 * a real server by `scripts/record/effects.js`), and from the Cluster API's webhooks for templates.
 */
export const UPDATE_RULES: readonly UpdateRule[] = [
  {
    group: 'apps',
    kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'],
    path: 'spec.selector',
    rule: 'immutable',
  },
  {
    group: 'apps',
    kinds: ['StatefulSet'],
    path: 'spec',
    rule: 'immutable',
    except: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.revisionHistoryLimit',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
  },
  { group: 'apps', kinds: ['ControllerRevision'], path: 'data', rule: 'immutable' },
  ...[
    'selector',
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ].map((field): UpdateRule => ({
    group: 'batch',
    kinds: ['Job'],
    path: `spec.${field}`,
    rule: 'immutable',
  })),
  {
    group: 'batch',
    kinds: ['Job'],
    path: 'spec.template',
    rule: 'immutable',
    when: (job) => !isSuspended(job),
  },
  {
    group: 'batch',
    kinds: ['Job'],
    path: 'spec.template',
    rule: 'immutable',
    except: SCHEDULING,
    when: isSuspended,
  },
  ...['podAffinity', 'podAntiAffinity'].map((field): UpdateRule => ({
    group: 'batch',
    kinds: ['Job'],
    path: `spec.template.spec.affinity.${field}`,
    rule: 'immutable',
    when: isSuspended,
  })),
  {
    group: 'batch',
    kinds: ['Job'],
    path: 'spec.completions',
    rule: 'immutable',
    when: (_, after) =>
      !isIndexed(after) ||
      memberAt(after, 'spec', 'completions') !== (memberAt(after, 'spec', 'parallelism') ?? 1),
  },
  {
    group: 'rbac.authorization.k8s.io',
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    path: 'roleRef',
    rule: 'immutable',
  },
  {
    group: '',
    kinds: ['Pod'],
    path: 'spec',
    rule: 'immutable',
    except: POD_CHANGES,
    when: (pod) => !isGated(pod),
  },
  {
    group: '',
    kinds: ['Pod'],
    path: 'spec',
    rule: 'immutable',
    except: [...POD_CHANGES, 'spec.nodeSelector', 'spec.affinity'],
    when: isGated,
  },
  { group: '', kinds: ['Pod'], path: 'spec.activeDeadlineSeconds', rule: 'not-larger' },
  { group: '', kinds: ['Pod'], path: 'spec.tolerations', rule: 'only-added' },
  { group: '', kinds: ['Pod'], path: 'spec.schedulingGates', rule: 'only-removed' },
  {
    group: '',
    kinds: ['PersistentVolumeClaim'],
    path: 'spec',
    rule: 'immutable',
    except: [
      'spec.resources.requests.storage',
      'spec.volumeAttributesClassName',
      'spec.volumeName',
      'spec.storageClassName',
    ],
  },
  { group: '', kinds: ['PersistentVolumeClaim'], path: 'spec.volumeName', rule: 'set-once' },
  { group: '', kinds: ['PersistentVolumeClaim'], path: 'spec.storageClassName', rule: 'set-once' },
  {
    group: '',
    kinds: ['PersistentVolumeClaim'],
    path: 'spec.volumeAttributesClassName',
    rule: 'not-removed',
  },
  {
    group: '',
    kinds: ['PersistentVolumeClaim'],
    path: 'spec.resources.requests.storage',
    rule: 'not-smaller',
  },
  {
    // The rest of the spec is the volume's source.
    group: '',
    kinds: ['PersistentVolume'],
    path: 'spec',
    rule: 'immutable',
    except: [
      'spec.capacity',
      'spec.accessModes',
      'spec.claimRef',
      'spec.persistentVolumeReclaimPolicy',
      'spec.storageClassName',
      'spec.mountOptions',
      'spec.nodeAffinity',
      'spec.volumeAttributesClassName',
      'spec.csi.controllerExpandSecretRef',
    ],
  },
  { group: '', kinds: ['PersistentVolume'], path: 'spec.nodeAffinity', rule: 'set-once' },
  { group: '', kinds: ['PersistentVolume'], path: 'spec.volumeAttributesClassName', rule: 'not-removed' },
  { group: '', kinds: ['PersistentVolume'], path: 'spec.csi.controllerExpandSecretRef', rule: 'set-once' },
  { group: '', kinds: ['Secret'], path: 'type', rule: 'immutable' },
  ...['immutable', 'data', 'stringData', 'binaryData'].map((path): UpdateRule => ({
    group: '',
    kinds: ['ConfigMap', 'Secret'],
    path,
    rule: 'immutable',
    when: is('immutable', true),
  })),
  { group: '', kinds: ['Service'], path: 'spec.clusterIP', rule: 'kept', when: hasClusterIp },
  { group: '', kinds: ['Service'], path: 'spec.clusterIPs', rule: 'kept', when: hasClusterIp },
  {
    group: '',
    kinds: ['Service'],
    path: 'spec.loadBalancerClass',
    rule: 'immutable',
    when: bothAre((service) => serviceType(service) === 'LoadBalancer'),
  },
  {
    group: '',
    kinds: ['Service'],
    path: 'spec.healthCheckNodePort',
    rule: 'kept',
    when: bothAre(
      (service) =>
        serviceType(service) === 'LoadBalancer' &&
        memberAt(service, 'spec', 'externalTrafficPolicy') === 'Local',
    ),
  },
  { group: '', kinds: ['ResourceQuota'], path: 'spec.scopes', rule: 'immutable' },
  { group: '', kinds: ['Node'], path: 'spec.providerID', rule: 'set-once' },
  { group: '', kinds: ['Node'], path: 'spec.podCIDR', rule: 'set-once' },
  ...['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].map((path): UpdateRule => ({
    group: 'storage.k8s.io',
    kinds: ['StorageClass'],
    path,
    rule: 'immutable',
  })),
  ...['driverName', 'parameters'].map((path): UpdateRule => ({
    group: 'storage.k8s.io',
    kinds: ['VolumeAttributesClass'],
    path,
    rule: 'immutable',
  })),
  ...['spec.attachRequired', 'spec.volumeLifecycleModes'].map((path): UpdateRule => ({
    group: 'storage.k8s.io',
    kinds: ['CSIDriver'],
    path,
    rule: 'immutable',
  })),
  ...['nodeTopology', 'storageClassName'].map((path): UpdateRule => ({
    group: 'storage.k8s.io',
    kinds: ['CSIStorageCapacity'],
    path,
    rule: 'immutable',
  })),
  { group: 'storage.k8s.io', kinds: ['VolumeAttachment'], path: 'spec', rule: 'immutable' },
  { group: 'scheduling.k8s.io', kinds: ['PriorityClass'], path: 'value', rule: 'immutable' },
  { group: 'scheduling.k8s.io', kinds: ['PriorityClass'], path: 'preemptionPolicy', rule: 'immutable' },
  { group: 'node.k8s.io', kinds: ['RuntimeClass'], path: 'handler', rule: 'immutable' },
  { group: 'networking.k8s.io', kinds: ['IngressClass'], path: 'spec.controller', rule: 'immutable' },
  { group: 'networking.k8s.io', kinds: ['IPAddress'], path: 'spec.parentRef', rule: 'immutable' },
  { group: 'networking.k8s.io', kinds: ['ServiceCIDR'], path: 'spec.cidrs', rule: 'only-added' },
  { group: 'discovery.k8s.io', kinds: ['EndpointSlice'], path: 'addressType', rule: 'immutable' },
  {
    group: 'resource.k8s.io',
    kinds: ['ResourceClaim', 'ResourceClaimTemplate'],
    path: 'spec',
    rule: 'immutable',
  },
  ...['spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural'].map((path): UpdateRule => ({
    group: 'apiextensions.k8s.io',
    kinds: ['CustomResourceDefinition'],
    path,
    rule: 'immutable',
  })),
  { group: 'infrastructure.cluster.x-k8s.io', kinds: /Template$/u, path: 'spec.template', rule: 'immutable' },
  { group: 'controlplane.cluster.x-k8s.io', kinds: /Template$/u, path: 'spec.template', rule: 'immutable' },
]
