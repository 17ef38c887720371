/** Fields that the API server refuses to change. */
export interface ImmutableFields {
  /** The API group; '' is the core group. */
  readonly group: string
  readonly kind: RegExp
  /** Paths of fields. Everything below them is refused, too. */
  readonly fields: readonly string[]
  /** Paths below `fields` that may change all the same. */
  readonly except?: readonly string[]
  /** Applies only when this field of the old object is true. */
  readonly when?: string
}

/**
 * From the update validation of the Kubernetes API server (v1.34: `pkg/apis/<group>/validation`) and of the
 * Cluster API's webhooks for templates.
 */
export const IMMUTABLE_FIELDS: readonly ImmutableFields[] = [
  { group: 'apps', kind: /^(?:Deployment|DaemonSet|ReplicaSet)$/u, fields: ['spec.selector'] },
  {
    group: 'apps',
    kind: /^StatefulSet$/u,
    fields: ['spec'],
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
  { group: 'batch', kind: /^Job$/u, fields: ['spec.selector', 'spec.template', 'spec.completionMode'] },
  { group: 'rbac.authorization.k8s.io', kind: /^(?:Cluster)?RoleBinding$/u, fields: ['roleRef'] },
  {
    group: '',
    kind: /^PersistentVolumeClaim$/u,
    fields: ['spec'],
    except: ['spec.resources.requests', 'spec.volumeAttributesClassName'],
  },
  {
    group: 'storage.k8s.io',
    kind: /^StorageClass$/u,
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  },
  { group: '', kind: /^Secret$/u, fields: ['type'] },
  {
    group: '',
    kind: /^(?:ConfigMap|Secret)$/u,
    fields: ['data', 'stringData', 'binaryData', 'immutable'],
    when: 'immutable',
  },
  { group: '', kind: /^Service$/u, fields: ['spec.clusterIP', 'spec.clusterIPs'] },
  { group: 'scheduling.k8s.io', kind: /^PriorityClass$/u, fields: ['value', 'preemptionPolicy'] },
  { group: 'networking.k8s.io', kind: /^IngressClass$/u, fields: ['spec.controller'] },
  {
    group: 'apiextensions.k8s.io',
    kind: /^CustomResourceDefinition$/u,
    fields: ['spec.group', 'spec.scope'],
  },
  { group: 'infrastructure.cluster.x-k8s.io', kind: /Template$/u, fields: ['spec.template'] },
  { group: 'controlplane.cluster.x-k8s.io', kind: /Template$/u, fields: ['spec.template'] },
]
