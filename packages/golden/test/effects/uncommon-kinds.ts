import { type JsonMap, type KindCases, WRITTEN_NULL } from './case.ts'
import { cluster, object, volume } from './objects.ts'

/** Volume sources, each with one changed field, with explicit defaults, and replaced by another source. */
const VOLUMES: readonly KindCases[] = [
  {
    before: volume('pv-host', { hostPath: { path: '/data' } }),
    patches: [
      { spec: { hostPath: { path: '/other' } } },
      { spec: { hostPath: { type: 'Directory' } } },
      { spec: { hostPath: { type: '' } } },
      { spec: { hostPath: null, nfs: { server: 'nfs.example', path: '/x' } } },
      { spec: { capacity: { storage: '5120Mi' } } },
      { spec: { capacity: { storage: '4Gi' } } },
      { spec: { persistentVolumeReclaimPolicy: 'Delete' } },
      { spec: { volumeMode: 'Block' } },
      { spec: { volumeMode: 'Filesystem', persistentVolumeReclaimPolicy: 'Retain' } },
      { spec: { storageClassName: 'fast' } },
    ],
  },
  {
    before: volume('pv-local', {
      local: { path: '/mnt/disk' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }],
        },
      },
    }),
    patches: [
      { spec: { local: { path: '/mnt/other' } } },
      { spec: { local: { fsType: 'ext4' } } },
      {
        spec: {
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['b'] }] }],
            },
          },
        },
      },
      { spec: { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] } },
    ],
  },
  {
    before: volume('pv-iscsi', {
      iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:storage', lun: 0 },
    }),
    patches: [
      { spec: { iscsi: { lun: 1 } } },
      { spec: { iscsi: { iscsiInterface: 'default', readOnly: false } } },
      { spec: { iscsi: { fsType: 'xfs' } } },
    ],
  },
  {
    before: volume('pv-csi', { csi: { driver: 'csi.example.com', volumeHandle: 'vol-1', fsType: 'ext4' } }),
    patches: [
      { spec: { csi: { volumeHandle: 'vol-2' } } },
      { spec: { csi: { volumeAttributes: { a: 'b' } } } },
      { spec: { csi: { readOnly: false } } },
      { spec: { csi: { readOnly: true } } },
      { spec: { csi: { nodeStageSecretRef: { name: 'a', namespace: 'default' } } } },
      { spec: { mountOptions: ['ro'] } },
    ],
  },
  {
    before: volume('pv-rbd', { rbd: { monitors: ['10.0.0.1'], image: 'i' } }),
    patches: [
      { spec: { rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring', readOnly: false } } },
      { spec: { rbd: { image: 'j' } } },
      { spec: { rbd: { pool: 'other' } } },
    ],
  },
  {
    before: volume('pv-azure', {
      azureDisk: { diskName: 'd', diskURI: '/subscriptions/d', kind: 'Managed' },
    }),
    patches: [
      { spec: { azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false } } },
      { spec: { azureDisk: { cachingMode: 'None' } } },
    ],
  },
  {
    before: volume('pv-fc', { fc: { targetWWNs: ['500a0982991b8dc5'], lun: 2 } }),
    patches: [{ spec: { fc: { lun: 3 } } }, { spec: { fc: { targetWWNs: ['500a0982991b8dc6'] } } }],
  },
]

const container = (more: JsonMap = {}): JsonMap => ({ name: 'c', image: 'example.com/c:1', ...more })
const template = (more: JsonMap = {}, labels: JsonMap = { run: 'x' }): JsonMap => ({
  metadata: { labels },
  spec: { restartPolicy: 'Never', containers: [container()], ...more },
})
const job = (name: string, spec: JsonMap): JsonMap =>
  object('batch/v1', 'Job', name, { spec: { template: template(), ...spec } })
const failOn = (code: number): JsonMap => ({
  action: 'FailJob',
  onExitCodes: { containerName: 'c', operator: 'In', values: [code] },
})
const failurePolicy = (...rules: JsonMap[]): JsonMap => ({ rules })

const JOBS: readonly KindCases[] = [
  {
    before: job('many', { completions: 5, parallelism: 2 }),
    patches: [
      { spec: { completions: 6 } },
      { spec: { completions: null } },
      { spec: { parallelism: 3 } },
      { spec: { parallelism: 0 } },
      { spec: { backoffLimit: 9 } },
      { spec: { backoffLimit: 6, completionMode: 'NonIndexed', suspend: false } },
      { spec: { completionMode: 'Indexed' } },
      { spec: { ttlSecondsAfterFinished: 60 } },
      { spec: { activeDeadlineSeconds: 60 } },
      { spec: { suspend: true } },
      { spec: { podFailurePolicy: failurePolicy(failOn(1)) } },
      { spec: { podReplacementPolicy: 'Failed' } },
      { spec: { template: template({ containers: [container({ image: 'example.com/c:2' })] }) } },
      { spec: { template: template({}, { run: 'x', more: 'y' }) } },
    ],
  },
  {
    before: job('guarded', { podFailurePolicy: failurePolicy(failOn(42)), backoffLimit: 3 }),
    patches: [
      { spec: { podFailurePolicy: failurePolicy(failOn(43)) } },
      { spec: { podFailurePolicy: null } },
      {
        spec: {
          podFailurePolicy: failurePolicy(failOn(42), {
            action: 'Ignore',
            onPodConditions: [{ type: 'DisruptionTarget' }],
          }),
        },
      },
    ],
  },
  {
    before: job('indexed', {
      completionMode: 'Indexed',
      completions: 4,
      parallelism: 4,
      backoffLimitPerIndex: 1,
      maxFailedIndexes: 2,
    }),
    patches: [
      { spec: { completions: 3, parallelism: 3 } },
      { spec: { completions: 3 } },
      { spec: { parallelism: 3 } },
      { spec: { backoffLimitPerIndex: 2 } },
      { spec: { maxFailedIndexes: 1 } },
      { spec: { completionMode: 'NonIndexed' } },
    ],
  },
  {
    before: job('waiting', { suspend: true, completions: 2 }),
    patches: [
      { spec: { suspend: false } },
      { spec: { template: template({ nodeSelector: { zone: 'a' } }) } },
      { spec: { template: template({ tolerations: [{ key: 'a', operator: 'Exists' }] }) } },
      { spec: { template: template({ containers: [container({ image: 'example.com/c:2' })] }) } },
      { spec: { template: template({ priorityClassName: 'system-node-critical' }) } },
      { spec: { template: template({}, { run: 'x', more: 'y' }) } },
      { spec: { template: template({ schedulingGates: [{ name: 'a/b' }] }) } },
    ],
  },
]

const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
const version = (name: string, storage: boolean, served = true): JsonMap => ({
  name,
  served,
  storage,
  schema,
})
const definition = (plural: string, scope: string, versions: readonly JsonMap[]): JsonMap =>
  cluster('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.things.example.com`, {
    spec: {
      group: 'things.example.com',
      scope,
      names: { kind: plural === 'widgets' ? 'Widget' : 'Gadget', plural },
      versions,
    },
  })

const DEFINITIONS: readonly KindCases[] = [
  {
    before: definition('widgets', 'Cluster', [version('v1alpha1', true), version('v1', false)]),
    patches: [
      { spec: { scope: 'Namespaced' } },
      { spec: { names: { kind: 'Other' } } },
      { spec: { names: { singular: 'widget', listKind: 'WidgetList' } } },
      { spec: { names: { singular: 'wid' } } },
      { spec: { names: { categories: ['all'] } } },
      { spec: { names: { shortNames: ['w'] } } },
      { spec: { versions: [version('v1', true)] } },
      { spec: { versions: [version('v1alpha1', false), version('v1', true)] } },
      { spec: { versions: [version('v1alpha1', true)] } },
      { spec: { versions: [version('v1alpha1', true, false), version('v1', false)] } },
      { spec: { versions: [version('v1alpha1', true), version('v1', false), version('v2', false)] } },
    ],
  },
]

const service = (name: string, spec: JsonMap): JsonMap =>
  object('v1', 'Service', name, { spec: { ports: [{ name: 'web', port: 8080 }], ...spec } })

const SERVICES: readonly KindCases[] = [
  {
    before: service('nodes', { type: 'NodePort', selector: { a: 'b' } }),
    patches: [
      { spec: { type: 'ClusterIP' } },
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'example.com/x' } },
      { spec: { type: 'ExternalName', externalName: 'a.example.com', selector: null } },
      { spec: { ports: [{ name: 'web', port: 8080, nodePort: 30_123 }] } },
      { spec: { externalTrafficPolicy: 'Local' } },
      { spec: { externalTrafficPolicy: 'Cluster', sessionAffinity: 'None' } },
      { spec: { clusterIP: '10.0.0.99' } },
      { spec: { ipFamilies: ['IPv6'] } },
      { spec: { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' } },
      { spec: { selector: null } },
      { spec: { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 20 } } } },
      { spec: { ports: [{ name: 'web', port: 8080, protocol: 'TCP', targetPort: 8080 }] } },
      { spec: { ports: [{ name: 'web', port: 8080, protocol: 'UDP' }] } },
      { spec: { allocateLoadBalancerNodePorts: false } },
    ],
  },
  {
    before: service('local-balancer', {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 31_777,
      loadBalancerClass: 'example.com/x',
    }),
    patches: [
      { spec: { healthCheckNodePort: 31_778 } },
      { spec: { healthCheckNodePort: null } },
      { spec: { externalTrafficPolicy: 'Cluster', healthCheckNodePort: null } },
      { spec: { loadBalancerClass: 'example.com/y' } },
      { spec: { type: 'NodePort', loadBalancerClass: null, healthCheckNodePort: null } },
      {
        spec: {
          type: 'ExternalName',
          externalName: 'x.example.com',
          loadBalancerClass: null,
          healthCheckNodePort: null,
          externalTrafficPolicy: null,
        },
      },
      { spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } },
      { spec: { type: 'ClusterIP' } },
      { spec: { type: 'NodePort' } },
      { spec: { type: 'ClusterIP', loadBalancerClass: 'example.com/y' } },
      { spec: { allocateLoadBalancerNodePorts: false } },
    ],
  },
  {
    before: object('v1', 'Service', 'numbered-node', {
      spec: { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ port: 90, nodePort: 30_500 }] },
    }),
    patches: [
      { spec: { type: 'ClusterIP' } },
      { spec: { type: 'ClusterIP', externalTrafficPolicy: null } },
      { spec: { type: 'ClusterIP', externalTrafficPolicy: null, ports: [{ port: 90, nodePort: 30_501 }] } },
      { spec: { ports: [{ port: 90, nodePort: 30_501 }] } },
      { spec: { ports: [{ port: 90 }] } },
      { spec: { type: 'LoadBalancer' } },
    ],
  },
  {
    before: service('fixed', { clusterIP: '10.0.0.88', clusterIPs: ['10.0.0.88'], ipFamilies: ['IPv4'] }),
    patches: [
      { spec: { clusterIP: '10.0.0.89', clusterIPs: ['10.0.0.89'] } },
      { spec: { clusterIP: null, clusterIPs: null } },
      {
        spec: {
          type: 'ExternalName',
          externalName: 'x.example.com',
          clusterIP: null,
          clusterIPs: null,
          ipFamilies: null,
        },
      },
      { spec: { ipFamilies: ['IPv6'] } },
      { spec: { clusterIP: 'None', clusterIPs: ['None'] } },
      { spec: { externalTrafficPolicy: 'Local' } },
      { spec: { externalTrafficPolicy: 'Cluster' } },
      { spec: { externalTrafficPolicy: 'Local', externalIPs: ['1.2.3.4'] } },
      { spec: { loadBalancerClass: 'example.com/x' } },
      { spec: { allocateLoadBalancerNodePorts: true } },
      { spec: { healthCheckNodePort: 31_999 } },
      { spec: { loadBalancerIP: '1.2.3.4' } },
      { spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } },
      { spec: { externalName: 'x.example.com' } },
      { spec: { ports: [{ name: 'web', port: 8080, nodePort: 30_321 }] } },
      { spec: { type: 'LoadBalancer', healthCheckNodePort: 31_999 } },
    ],
  },
]

const pod = (name: string, spec: JsonMap): JsonMap =>
  object('v1', 'Pod', name, { spec: { containers: [container()], ...spec } })

const PODS: readonly KindCases[] = [
  {
    before: pod('plain-pod', {
      initContainers: [{ name: 'i', image: 'example.com/i:1' }],
      terminationGracePeriodSeconds: 5,
    }),
    patches: [
      { spec: { containers: [container({ image: 'example.com/c:2' })] } },
      { spec: { initContainers: [{ name: 'i', image: 'example.com/i:2' }] } },
      { spec: { containers: [container({ command: ['x'] })] } },
      { spec: { containers: [container({ resources: { limits: { cpu: '2' } } })] } },
      { spec: { containers: [container(), { name: 'd', image: 'example.com/d:1' }] } },
      { spec: { activeDeadlineSeconds: 30 } },
      { spec: { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }] } },
      { spec: { nodeSelector: { a: 'b' } } },
      { spec: { hostNetwork: true } },
      { spec: { terminationGracePeriodSeconds: 6 } },
      { spec: { restartPolicy: 'Always', enableServiceLinks: true } },
      { spec: { restartPolicy: 'Never' } },
      { spec: { serviceAccountName: 'other' } },
      { spec: { volumes: [{ name: 'v', emptyDir: {} }] } },
      { spec: { priorityClassName: 'system-node-critical' } },
      { spec: { nodeName: 'n1' } },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
]

const workload = (kind: string, name: string, spec: JsonMap, podSpec: JsonMap = {}): JsonMap =>
  object('apps/v1', kind, name, {
    spec: {
      selector: { matchLabels: { run: name } },
      template: {
        metadata: { labels: { run: name, extra: 'e' } },
        spec: { containers: [container({ resources: { requests: { cpu: '1' } } })], ...podSpec },
      },
      ...spec,
    },
  })
const podSpec = (more: JsonMap): JsonMap => ({ spec: { template: { spec: more } } })

/** Changes of any workload's template. */
const workloadPatches = (name: string): JsonMap[] => [
  podSpec({ containers: [container({ resources: { requests: { cpu: '1000m' } } })] }),
  podSpec({ containers: [container({ resources: { requests: { cpu: 1 } } })] }),
  podSpec({ containers: [container({ resources: { requests: { cpu: '1.0' } } })] }),
  podSpec({ containers: [container({ resources: { requests: { cpu: '1100m' } } })] }),
  podSpec({ containers: [container({ resources: { requests: { cpu: '1' } }, imagePullPolicy: 'Always' })] }),
  podSpec({
    containers: [container({ resources: { requests: { cpu: '1' } }, imagePullPolicy: 'IfNotPresent' })],
  }),
  podSpec({ containers: [container({ resources: { requests: { cpu: '1' } }, securityContext: {} })] }),
  podSpec({
    containers: [container({ resources: { requests: { cpu: '1' } }, env: [], ports: [] })],
  }),
  podSpec({ enableServiceLinks: true }),
  podSpec({ automountServiceAccountToken: true }),
  podSpec({ shareProcessNamespace: false }),
  podSpec({ preemptionPolicy: 'PreemptLowerPriority' }),
  podSpec({ topologySpreadConstraints: [] }),
  podSpec({ dnsConfig: {} }),
  podSpec({ setHostnameAsFQDN: false }),
  podSpec({ runtimeClassName: WRITTEN_NULL }),
  podSpec({ os: { name: 'linux' } }),
  { spec: { template: { metadata: { labels: { run: 'other' } } } } },
  { spec: { template: { metadata: { labels: { extra: null } } } } },
  { spec: { template: { metadata: { annotations: { a: 'b' } } } } },
  { spec: { template: { metadata: { annotations: {}, creationTimestamp: WRITTEN_NULL } } } },
  { spec: { selector: { matchLabels: { run: name, extra: 'e' } } } },
  { spec: { selector: { matchLabels: { run: name }, matchExpressions: [] } } },
  { spec: { minReadySeconds: 0, revisionHistoryLimit: 10 } },
  { metadata: { annotations: { a: 'b' } } },
]

const WORKLOADS: readonly KindCases[] = [
  {
    before: workload('Deployment', 'uncommon-deployment', { replicas: 2 }),
    patches: [
      ...workloadPatches('uncommon-deployment'),
      { spec: { replicas: 0, template: { metadata: { annotations: { a: 'b' } } } } },
      { spec: { strategy: { type: 'Recreate' } } },
      { spec: { progressDeadlineSeconds: 600, strategy: { type: 'RollingUpdate' } } },
      { spec: { paused: true, template: { metadata: { annotations: { a: 'b' } } } } },
    ],
  },
  {
    before: workload('DaemonSet', 'uncommon-daemon', {}),
    patches: [...workloadPatches('uncommon-daemon'), { spec: { updateStrategy: { type: 'OnDelete' } } }],
  },
  {
    before: workload('StatefulSet', 'uncommon-set', {
      replicas: 3,
      serviceName: 's',
      volumeClaimTemplates: [
        {
          metadata: { name: 'd' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    }),
    patches: [
      ...workloadPatches('uncommon-set'),
      { spec: { serviceName: 't' } },
      {
        spec: {
          volumeClaimTemplates: [
            {
              metadata: { name: 'd' },
              spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
            },
          ],
        },
      },
      {
        spec: {
          volumeClaimTemplates: [
            {
              metadata: { name: 'd' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1024Mi' } },
                volumeMode: 'Filesystem',
              },
            },
          ],
        },
      },
      { spec: { podManagementPolicy: 'Parallel' } },
      {
        spec: {
          updateStrategy: { rollingUpdate: { partition: 3 } },
          template: { metadata: { annotations: { a: 'b' } } },
        },
      },
      {
        spec: {
          updateStrategy: { rollingUpdate: { partition: 2 } },
          template: { metadata: { annotations: { a: 'b' } } },
        },
      },
      { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } } },
    ],
  },
]

const OTHERS: readonly KindCases[] = [
  {
    before: cluster('node.k8s.io/v1', 'RuntimeClass', 'sandbox', {
      handler: 'kata',
      overhead: { podFixed: { cpu: '1' } },
    }),
    patches: [
      { handler: 'runsc' },
      { overhead: { podFixed: { cpu: '1000m' } } },
      { overhead: { podFixed: { cpu: '2' } } },
      { scheduling: { nodeSelector: { a: 'b' } } },
    ],
  },
  {
    before: object('batch/v1', 'CronJob', 'nightly', {
      spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: template() } } },
    }),
    patches: [
      { spec: { schedule: '0 1 * * *' } },
      { spec: { schedule: 'every night' } },
      { spec: { schedule: '@daily' } },
      { spec: { schedule: '@every 1h' } },
      { spec: { schedule: '  0 0 * * 1-5  ' } },
      { spec: { schedule: '0 0 * * * *' } },
      { spec: { schedule: 'TZ=UTC 0 0 * * *' } },
      { spec: { schedule: '' } },
      { spec: { schedule: '@Daily' } },
      { spec: { schedule: '@every x' } },
      { spec: { schedule: '*/15 0-23/2 1,15 JAN-Mar sun' } },
      { spec: { schedule: '*/0 * * * *' } },
      { spec: { schedule: '60 * * * *' } },
      { spec: { schedule: '0 24 * * *' } },
      { spec: { schedule: '0 0 0 * *' } },
      { spec: { schedule: '0 0 * 13 *' } },
      { spec: { schedule: '0 0 * * 7' } },
      { spec: { schedule: '5-1 * * * *' } },
      { spec: { schedule: '0 0 ? * mon-fri' } },
      { spec: { schedule: '0 0 * * x' } },
      { spec: { schedule: '1//2 * * * *' } },
      { spec: { schedule: '0 0 1/5 * *' } },
      { spec: { timeZone: 'Etc/UTC' } },
      { spec: { timeZone: 'local' } },
      { spec: { timeZone: 'Nowhere/City' } },
      { spec: { timeZone: '' } },
      { spec: { concurrencyPolicy: 'Allow', suspend: false } },
      { spec: { timeZone: 'Europe/Berlin' } },
      { spec: { jobTemplate: { spec: { completions: 3 } } } },
    ],
  },
  {
    before: object('v1', 'Secret', 'typed', { type: 'example.com/x', stringData: { a: 'b' } }),
    patches: [{ type: 'Opaque' }, { type: null }, { stringData: { a: 'c' } }, { immutable: true }],
  },
  {
    before: object('v1', 'ConfigMap', 'sealed', { immutable: true, data: { a: 'b' } }),
    patches: [
      { data: { a: 'c' } },
      { immutable: null },
      { immutable: false },
      { metadata: { labels: { a: 'b' } } },
      { data: { a: 'b', c: 'x'.repeat(1_048_577) } },
    ],
  },
  {
    before: object('v1', 'ConfigMap', 'open', { data: { a: 'b' } }),
    patches: [
      { data: { b: 'x'.repeat(1_048_570) } },
      { data: { b: 'x'.repeat(1_048_576) } },
      { binaryData: { b: Buffer.from('x'.repeat(300_000)).toString('base64') } },
    ],
  },
  {
    before: object('policy/v1', 'PodDisruptionBudget', 'budget', {
      spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
    }),
    patches: [
      { spec: { minAvailable: 2 } },
      { spec: { minAvailable: null, maxUnavailable: 1 } },
      { spec: { selector: { matchLabels: { a: 'c' } } } },
    ],
  },
  {
    before: object('v1', 'PersistentVolumeClaim', 'claim', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '2Gi' } },
        storageClassName: 'fast',
      },
    }),
    status: { phase: 'Bound', capacity: { storage: '2Gi' } },
    patches: [
      { spec: { resources: { requests: { storage: '2048Mi' } } } },
      { spec: { resources: { requests: { storage: '1Gi' } } } },
      { spec: { accessModes: ['ReadWriteMany'] } },
      { spec: { storageClassName: 'slow' } },
      { spec: { volumeMode: 'Block' } },
      { spec: { volumeMode: 'Filesystem' } },
      { spec: { selector: { matchLabels: { a: 'b' } } } },
    ],
  },
]

export const UNCOMMON_KINDS: readonly KindCases[] = [
  ...VOLUMES,
  ...JOBS,
  ...DEFINITIONS,
  ...SERVICES,
  ...PODS,
  ...WORKLOADS,
  ...OTHERS,
]
