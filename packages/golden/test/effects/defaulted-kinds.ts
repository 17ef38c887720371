import { type JsonMap, type KindCases, WRITTEN_NULL } from './case.ts'
import { cluster, object, volume } from './objects.ts'

/** A source with explicit defaults, and a change of one of its fields. */
const sourceOf = (
  name: string,
  field: string,
  source: JsonMap,
  defaults: JsonMap,
  change: JsonMap,
): KindCases => ({
  before: volume(name, { [field]: source }),
  patches: [{ spec: { [field]: defaults } }, { spec: { [field]: change } }],
})

const VOLUMES: readonly KindCases[] = [
  sourceOf(
    'pv-gce',
    'gcePersistentDisk',
    { pdName: 'a' },
    { readOnly: false, partition: 0, fsType: '' },
    { pdName: 'b' },
  ),
  sourceOf(
    'pv-aws',
    'awsElasticBlockStore',
    { volumeID: 'a' },
    { readOnly: false, partition: 0, fsType: '' },
    { partition: 1 },
  ),
  sourceOf('pv-cinder', 'cinder', { volumeID: 'a' }, { readOnly: false, fsType: '' }, { fsType: 'ext4' }),
  sourceOf(
    'pv-vsphere',
    'vsphereVolume',
    { volumePath: 'a' },
    { fsType: '', storagePolicyName: '' },
    { storagePolicyName: 'x' },
  ),
  sourceOf(
    'pv-ceph',
    'cephfs',
    { monitors: ['a'] },
    { user: 'admin', path: '', secretFile: '' },
    { path: '/x' },
  ),
  sourceOf(
    'pv-ceph-user',
    'cephfs',
    { monitors: ['a'], user: 'me' },
    { readOnly: false },
    { monitors: ['a', 'b'] },
  ),
  sourceOf(
    'pv-azure-file',
    'azureFile',
    { secretName: 's', shareName: 'a', secretNamespace: 'default' },
    { readOnly: false },
    { shareName: 'b' },
  ),
  sourceOf(
    'pv-flex',
    'flexVolume',
    { driver: 'example.com/a' },
    { readOnly: false, fsType: '', options: {} },
    { options: { a: 'b' } },
  ),
  sourceOf(
    'pv-portworx',
    'portworxVolume',
    { volumeID: 'a' },
    { readOnly: false, fsType: '' },
    { readOnly: true },
  ),
  sourceOf('pv-gluster', 'glusterfs', { endpoints: 'a', path: 'p' }, { readOnly: false }, { endpoints: 'b' }),
  sourceOf(
    'pv-storageos',
    'storageos',
    { volumeName: 'a', volumeNamespace: 'n' },
    { readOnly: false, fsType: '' },
    { fsType: 'xfs' },
  ),
  sourceOf(
    'pv-scale',
    'scaleIO',
    { gateway: 'g', system: 's', secretRef: { name: 'a', namespace: 'default' }, volumeName: 'v' },
    {
      storageMode: 'ThinProvisioned',
      fsType: 'xfs',
      readOnly: false,
      sslEnabled: false,
      protectionDomain: '',
      storagePool: '',
    },
    { storageMode: 'ThickProvisioned' },
  ),
  sourceOf(
    'pv-iscsi-chap',
    'iscsi',
    { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:storage', lun: 0 },
    { chapAuthDiscovery: false, chapAuthSession: false, fsType: '' },
    { iqn: 'iqn.2001-04.com.example:other' },
  ),
  sourceOf('pv-nfs-opts', 'nfs', { server: 'a', path: '/a' }, { readOnly: false }, { path: '/b' }),
  sourceOf('pv-fc-wwids', 'fc', { wwids: ['a'] }, { readOnly: false, fsType: '' }, { wwids: ['b'] }),
  sourceOf(
    'pv-csi-empty',
    'csi',
    { driver: 'd.example.com', volumeHandle: 'a' },
    { readOnly: false, volumeAttributes: {} },
    { fsType: 'xfs' },
  ),
  {
    before: volume('pv-claimed', { hostPath: { path: '/a' }, claimRef: { namespace: 'default', name: 'a' } }),
    patches: [
      { spec: { claimRef: { name: 'b' } } },
      { spec: { claimRef: null } },
      { spec: { hostPath: { path: '/a/' } } },
      { spec: { capacity: { storage: 5_368_709_120 } } },
      { spec: { accessModes: ['ReadWriteOncePod'] } },
      { spec: { volumeMode: null, persistentVolumeReclaimPolicy: WRITTEN_NULL } },
    ],
  },
]

const container = (more: JsonMap = {}): JsonMap => ({ name: 'c', image: 'example.com/c:1', ...more })
const job = (name: string, spec: JsonMap, pod: JsonMap = {}): JsonMap =>
  object('batch/v1', 'Job', name, {
    spec: { template: { spec: { restartPolicy: 'Never', containers: [container()], ...pod } }, ...spec },
  })

const JOBS: readonly KindCases[] = [
  {
    before: job('bare-job', {}),
    patches: [
      { spec: { completions: 1, parallelism: 1, backoffLimit: 6 } },
      { spec: { completions: 2 } },
      { spec: { parallelism: 2 } },
      { spec: { completionMode: 'NonIndexed', suspend: false, podReplacementPolicy: 'TerminatingOrFailed' } },
      { spec: { manualSelector: false } },
      { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } },
      {
        spec: {
          template: { spec: { containers: [container({ resources: {}, env: [], args: null })] } },
        },
      },
      {
        spec: {
          template: { spec: { schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 30 } },
        },
      },
      { spec: { template: { metadata: { annotations: { a: 'b' } } } } },
      { spec: { successPolicy: { rules: [{ succeededIndexes: '0' }] } } },
      { spec: { backoffLimitPerIndex: 1 } },
      { spec: { ttlSecondsAfterFinished: 0, activeDeadlineSeconds: 1 } },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
  {
    before: job('queue-job', { parallelism: 3 }),
    patches: [{ spec: { completions: 3 } }, { spec: { parallelism: 0 } }, { spec: { parallelism: null } }],
  },
  {
    before: job('done-job', {
      completionMode: 'Indexed',
      completions: 3,
      parallelism: 3,
      successPolicy: { rules: [{ succeededCount: 2 }] },
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }],
      },
    }),
    patches: [
      { spec: { successPolicy: { rules: [{ succeededCount: 1 }] } } },
      { spec: { successPolicy: null } },
      { spec: { completions: 5, parallelism: 5 } },
      { spec: { completions: null } },
      { spec: { parallelism: 2, completions: 2 } },
      { spec: { podFailurePolicy: { rules: [] } } },
      { spec: { podFailurePolicy: WRITTEN_NULL } },
    ],
  },
]

const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
const version = (name: string, storage: boolean, more: JsonMap = {}): JsonMap => ({
  name,
  served: true,
  storage,
  schema,
  ...more,
})
const LONG_SCHEMA = {
  openAPIV3Schema: {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    description: 'x'.repeat(262_144),
  },
}

const DEFINITIONS: readonly KindCases[] = [
  {
    before: cluster('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'tools.more.example.com', {
      spec: {
        group: 'more.example.com',
        scope: 'Namespaced',
        names: { kind: 'Tool', plural: 'tools', singular: 'tool', listKind: 'ToolList' },
        versions: [version('v1', true), version('v1beta1', false)],
      },
    }),
    patches: [
      { spec: { scope: 'Cluster' } },
      { spec: { names: { kind: 'Tools' } } },
      { spec: { names: { singular: null, listKind: null } } },
      { spec: { names: { shortNames: ['t'], categories: ['all'] } } },
      { spec: { versions: [version('v1beta1', true)] } },
      { spec: { versions: [version('v1', true)] } },
      { spec: { versions: [version('v1', false), version('v1beta1', true)] } },
      { spec: { versions: [version('v1', false, { served: false }), version('v2', true)] } },
      { spec: { versions: [version('v1', true, { schema: LONG_SCHEMA })] } },
      {
        spec: {
          versions: [version('v1', true, { additionalPrinterColumns: [] }), version('v1beta1', false)],
        },
      },
      { spec: { conversion: { strategy: 'None' } } },
      { spec: { preserveUnknownFields: false } },
      { metadata: { annotations: { a: 'b' } } },
    ],
  },
]

const service = (name: string, spec: JsonMap): JsonMap =>
  object('v1', 'Service', name, { spec: { selector: { a: 'b' }, ports: [{ port: 80 }], ...spec } })
const balancer = (more: JsonMap): JsonMap => ({ type: 'LoadBalancer', ...more })

const SERVICES: readonly KindCases[] = [
  {
    before: service('to-outside', { clusterIP: '10.0.0.60' }),
    patches: [
      { spec: { type: 'ExternalName', externalName: 'a.example.com', clusterIP: null } },
      { spec: { type: 'ExternalName', externalName: 'a.example.com', clusterIP: '' } },
      { spec: { type: 'ExternalName', externalName: 'a.example.com' } },
      { spec: { type: 'ExternalName', clusterIP: null } },
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'a.example.com/b', clusterIP: null } },
      { spec: { type: 'NodePort', clusterIP: '10.0.0.61' } },
      { spec: { clusterIP: null, clusterIPs: ['10.0.0.61'] } },
      { spec: { ipFamilyPolicy: 'RequireDualStack' } },
      { spec: { ipFamilyPolicy: 'PreferDualStack' } },
      { spec: { ipFamilies: ['IPv4'] } },
      { spec: { ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] } },
      { spec: { internalTrafficPolicy: 'Local' } },
    ],
  },
  {
    before: service('classed', balancer({ loadBalancerClass: 'a.example.com/b' })),
    patches: [
      { spec: { loadBalancerClass: 'a.example.com/c' } },
      { spec: { loadBalancerClass: '' } },
      { spec: { loadBalancerClass: WRITTEN_NULL } },
      { spec: { type: 'NodePort', loadBalancerClass: null } },
      { spec: { type: 'ExternalName', externalName: 'a.example.com' } },
      { spec: { ipFamilies: ['IPv6'] } },
      { spec: { externalTrafficPolicy: 'Cluster', allocateLoadBalancerNodePorts: true } },
      { spec: { sessionAffinity: 'ClientIP' } },
    ],
  },
  {
    before: service('headless-none', { clusterIP: 'None', publishNotReadyAddresses: true }),
    patches: [
      { spec: { clusterIP: '' } },
      { spec: { clusterIP: null, clusterIPs: null } },
      { spec: { clusterIPs: ['None'] } },
      { spec: { type: 'NodePort' } },
      { spec: { type: 'LoadBalancer', clusterIP: null } },
      { spec: { ports: [{ port: 81 }] } },
      { spec: { ipFamilies: ['IPv4'] } },
    ],
  },
  {
    before: service('headless-plain', { clusterIP: 'None' }),
    patches: [
      { spec: { type: 'NodePort', clusterIP: null } },
      { spec: { type: 'ExternalName', externalName: 'a.example.com' } },
      { spec: { type: 'ExternalName', externalName: '', clusterIP: null } },
      { spec: { type: 'LoadBalancer', clusterIP: '10.0.0.64' } },
    ],
  },
  {
    before: service('outside-name', { type: 'ExternalName', externalName: 'a.example.com' }),
    patches: [
      { spec: { type: 'NodePort', externalName: null } },
      { spec: { type: 'ClusterIP' } },
      { spec: { type: 'LoadBalancer', externalName: null, loadBalancerClass: 'a.example.com/b' } },
      { spec: { clusterIP: '10.0.0.62' } },
    ],
  },
]

const pod = (name: string, spec: JsonMap): JsonMap =>
  object('v1', 'Pod', name, { spec: { containers: [container()], ...spec } })

const PODS: readonly KindCases[] = [
  {
    before: pod('tolerant', {
      serviceAccountName: 'default',
      tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
      containers: [
        container({ env: [{ name: 'A', value: '1' }], resources: { limits: { cpu: '1', memory: '1Gi' } } }),
      ],
    }),
    patches: [
      { spec: { tolerations: [] } },
      {
        spec: { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }] },
      },
      {
        spec: {
          tolerations: [
            { key: 'b', operator: 'Exists' },
            { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
          ],
        },
      },
      {
        spec: {
          containers: [
            container({
              env: [{ name: 'A', value: '2' }],
              resources: { limits: { cpu: '1', memory: '1Gi' } },
            }),
          ],
        },
      },
      {
        spec: {
          containers: [
            container({
              env: [{ name: 'A', value: '1' }],
              resources: { limits: { cpu: '1000m', memory: '1024Mi' }, requests: { cpu: 1, memory: '1Gi' } },
            }),
          ],
        },
      },
      { spec: { serviceAccountName: null, serviceAccount: 'default' } },
      { spec: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] } },
      { spec: { schedulingGates: [{ name: 'a.example.com/b' }] } },
      { spec: { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {} } },
      { spec: { securityContext: { runAsUser: 1 } } },
      { spec: { hostname: 'x' } },
      { spec: { runtimeClassName: 'kata' } },
      { metadata: { annotations: { a: 'b' } } },
    ],
  },
]

const POD_SPEC = {
  containers: [
    container({
      resources: {
        requests: { cpu: '500m', memory: '1536Mi', 'ephemeral-storage': '1Gi' },
        limits: { memory: '2Gi' },
      },
      env: [{ name: 'K', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
      envFrom: [{ configMapRef: { name: 'c' } }],
      ports: [{ containerPort: 80 }],
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
      startupProbe: { grpc: { port: 9 } },
      lifecycle: { preStop: { httpGet: { port: 80 } } },
    }),
  ],
  initContainers: [{ name: 'i', image: 'example.com/i' }],
  volumes: [
    { name: 'v', configMap: { name: 'c', items: [{ key: 'k', path: 'p' }] } },
    { name: 'e', emptyDir: {} },
    { name: 'd', downwardAPI: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
    { name: 'h', hostPath: { path: '/h' } },
    {
      name: 'p',
      projected: {
        sources: [
          { downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } },
          { configMap: { name: 'c' } },
        ],
      },
    },
    {
      name: 'm',
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      },
    },
    { name: 'n', nfs: { server: 's', path: '/n' } },
    { name: 's', csi: { driver: 'd.example.com' } },
    { name: 'q', secret: { secretName: 's', optional: true } },
  ],
}
const [MAIN = {}] = POD_SPEC.containers
const RESOURCES = {
  requests: { cpu: '500m', memory: '1536Mi', 'ephemeral-storage': '1Gi' },
  limits: { memory: '2Gi' },
}
const main = (more: JsonMap): JsonMap => ({
  spec: { template: { spec: { containers: [{ ...MAIN, ...more }] } } },
})
const requests = (more: JsonMap): JsonMap =>
  main({ resources: { ...RESOURCES, requests: { ...RESOURCES.requests, ...more } } })
const inPod = (more: JsonMap): JsonMap => ({ spec: { template: { spec: more } } })
const source = (name: string, body: JsonMap): JsonMap =>
  inPod({ volumes: POD_SPEC.volumes.map((item) => (item.name === name ? { name, ...body } : item)) })

/** Equal spellings, each beside a similar-looking change. */
const TEMPLATE_PATCHES: readonly JsonMap[] = [
  requests({ cpu: 0.5 }),
  requests({ cpu: '0.5' }),
  requests({ cpu: '.5' }),
  requests({ cpu: '5e-1' }),
  requests({ cpu: '500000u' }),
  requests({ cpu: '0.50000000001' }),
  requests({ cpu: '501m' }),
  requests({ memory: '1.5Gi' }),
  requests({ memory: 1_610_612_736 }),
  requests({ memory: '1610612736' }),
  requests({ memory: '1610612736000m' }),
  requests({ memory: '1.5G' }),
  requests({ memory: '1.6106127360e9' }),
  requests({ 'ephemeral-storage': '1024Mi' }),
  requests({ 'ephemeral-storage': '1073741825' }),
  main({ resources: { ...RESOURCES, limits: { memory: '2048Mi' }, claims: [] } }),
  main({ resources: { ...RESOURCES, limits: { memory: '2Gi', cpu: '1' } } }),
  main({ env: [{ name: 'K', valueFrom: { configMapKeyRef: { name: 'c', key: 'k', optional: false } } }] }),
  main({ env: [{ name: 'K', value: '', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }] }),
  main({ envFrom: [{ prefix: '', configMapRef: { name: 'c' } }] }),
  main({ envFrom: [{ prefix: 'X_', configMapRef: { name: 'c' } }] }),
  main({ startupProbe: { grpc: { port: 9, service: '' }, periodSeconds: 10, failureThreshold: 3 } }),
  main({ startupProbe: { grpc: { port: 9 }, terminationGracePeriodSeconds: 30 } }),
  main({ lifecycle: { preStop: { httpGet: { port: 80, path: '/', scheme: 'HTTP' } } } }),
  main({ lifecycle: { preStop: { httpGet: { port: 'web' } } } }),
  main({ volumeMounts: [{ name: 'v', mountPath: '/v', mountPropagation: 'None' }] }),
  main({ volumeMounts: [{ name: 'v', mountPath: '/v', recursiveReadOnly: 'Disabled', readOnly: true }] }),
  main({ volumeDevices: [], resizePolicy: [] }),
  main({ ports: [{ containerPort: 80, hostIP: '', name: '' }] }),
  main({ image: 'docker.io/example.com/c:1' }),
  main({ restartPolicy: null }),
  inPod({ hostNetwork: true }),
  inPod({ hostUsers: true }),
  inPod({ serviceAccount: 'a' }),
  inPod({ serviceAccountName: 'default' }),
  inPod({ priority: WRITTEN_NULL, readinessGates: [], resourceClaims: [] }),
  inPod({ securityContext: { fsGroup: WRITTEN_NULL } }),
  inPod({ securityContext: { supplementalGroups: [] } }),
  inPod({ hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] }),
  inPod({
    dnsPolicy: WRITTEN_NULL,
    restartPolicy: WRITTEN_NULL,
    terminationGracePeriodSeconds: WRITTEN_NULL,
  }),
  inPod({ initContainers: [{ name: 'i', image: 'example.com/i', imagePullPolicy: 'Always' }] }),
  inPod({ initContainers: [{ name: 'i', image: 'example.com/i', imagePullPolicy: 'IfNotPresent' }] }),
  inPod({ initContainers: [{ name: 'i', image: 'example.com/i:latest' }] }),
  inPod({ initContainers: [{ name: 'i', image: 'example.com/i', restartPolicy: 'Always' }] }),
  inPod({ nodeSelector: WRITTEN_NULL, tolerations: WRITTEN_NULL, overhead: WRITTEN_NULL }),
  source('v', {
    configMap: { name: 'c', items: [{ key: 'k', path: 'p' }], defaultMode: 420, optional: null },
  }),
  source('v', { configMap: { name: 'c', items: [{ key: 'k', path: 'p', mode: 420 }] } }),
  source('e', {}),
  source('e', { emptyDir: { medium: 'Memory' } }),
  source('e', { emptyDir: { sizeLimit: null } }),
  source('d', {
    downwardAPI: {
      defaultMode: 420,
      items: [{ path: 'l', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.labels' } }],
    },
  }),
  source('h', { hostPath: { path: '/h', type: '' } }),
  source('p', {
    projected: {
      defaultMode: 420,
      sources: [
        {
          downwardAPI: { items: [{ path: 'n', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } }] },
        },
        { configMap: { name: 'c', items: [] } },
      ],
    },
  }),
  source('m', {
    ephemeral: {
      volumeClaimTemplate: {
        metadata: {},
        spec: {
          accessModes: ['ReadWriteOnce'],
          volumeMode: 'Filesystem',
          resources: { requests: { storage: '1024Mi' } },
        },
      },
    },
  }),
  source('n', { nfs: { server: 's', path: '/n', readOnly: false } }),
  source('s', { csi: { driver: 'd.example.com', readOnly: false } }),
  source('s', { csi: { driver: 'd.example.com', fsType: '' } }),
  source('q', { secret: { secretName: 's', optional: true, defaultMode: 0o644 } }),
  source('q', { secret: { secretName: 's', optional: false } }),
]

const workload = (kind: string, name: string, spec: JsonMap): JsonMap =>
  object('apps/v1', kind, name, {
    spec: {
      selector: { matchLabels: { run: name } },
      template: { metadata: { labels: { run: name } }, spec: POD_SPEC },
      ...spec,
    },
  })
const ROLLS = inPod({ terminationGracePeriodSeconds: 40 })
const rolling = (spec: JsonMap): JsonMap => ({ spec: { ...(ROLLS['spec'] as JsonMap), ...spec } })
const partition = (value: number): JsonMap => ({ updateStrategy: { rollingUpdate: { partition: value } } })

const WORKLOADS: readonly KindCases[] = [
  { before: workload('Deployment', 'defaulted', {}), patches: TEMPLATE_PATCHES },
  { before: workload('DaemonSet', 'defaulted-daemon', {}), patches: TEMPLATE_PATCHES.slice(0, 16) },
  {
    before: workload('StatefulSet', 'defaulted-set', { serviceName: 's' }),
    patches: TEMPLATE_PATCHES.slice(0, 16),
  },
  {
    before: workload('Deployment', 'strategies', { replicas: 3, strategy: { type: 'Recreate' } }),
    patches: [
      ROLLS,
      rolling({ strategy: { type: 'RollingUpdate' } }),
      { spec: { strategy: WRITTEN_NULL } },
      rolling({ replicas: null }),
      rolling({ replicas: 0 }),
      rolling({ replicas: WRITTEN_NULL }),
      rolling({ paused: true }),
      rolling({ paused: false }),
    ],
  },
  {
    before: workload('StatefulSet', 'lone-set', { serviceName: 's' }),
    patches: [
      ROLLS,
      rolling(partition(0)),
      rolling(partition(1)),
      rolling({ replicas: 2, ...partition(1) }),
      rolling({ replicas: 2, ...partition(2) }),
      rolling({ ordinals: { start: 5 }, ...partition(5) }),
      rolling({ ordinals: { start: 5 }, ...partition(6) }),
      rolling({ updateStrategy: { type: 'OnDelete' } }),
      { spec: { replicas: 0 } },
      rolling({ replicas: 0 }),
      { spec: { volumeClaimTemplates: [] } },
      { spec: { serviceName: 's', podManagementPolicy: 'OrderedReady', revisionHistoryLimit: 10 } },
      { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } } },
      { spec: { selector: { matchLabels: { run: 'lone-set' }, matchExpressions: [] } } },
      { spec: { template: { metadata: { labels: { run: 'x' } } } } },
    ],
  },
  {
    before: workload('DaemonSet', 'lone-daemon', { updateStrategy: { type: 'OnDelete' } }),
    patches: [
      ROLLS,
      rolling({ updateStrategy: { type: 'RollingUpdate' } }),
      rolling({ updateStrategy: null }),
    ],
  },
]

const hook = (more: JsonMap = {}): JsonMap => ({
  name: 'a.example.com',
  clientConfig: { url: 'https://a.example.com/hook' },
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  ...more,
})

const OTHERS: readonly KindCases[] = [
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map((kind): KindCases => ({
    before: cluster('admissionregistration.k8s.io/v1', kind, 'more-hooks', { webhooks: [hook()] }),
    patches: [
      { webhooks: [hook({ failurePolicy: 'Fail', timeoutSeconds: 10 })] },
      { webhooks: [hook({ failurePolicy: 'Ignore' })] },
      { webhooks: [hook({ clientConfig: { url: 'https://b.example.com/hook' } })] },
      { webhooks: [] },
    ],
  })),
  {
    before: cluster('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'more-policy', {
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'] },
          ],
        },
        validations: [{ expression: 'object.spec.replicas <= 5' }],
      },
    }),
    patches: [
      { spec: { validations: [{ expression: 'object.spec.replicas <= 6' }] } },
      { spec: { failurePolicy: 'Ignore' } },
      { spec: { failurePolicy: 'Fail' } },
    ],
  },
  {
    before: cluster('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', 'more-binding', {
      spec: { policyName: 'more-policy', validationActions: ['Deny'] },
    }),
    patches: [{ spec: { policyName: 'other' } }, { spec: { validationActions: ['Warn'] } }],
  },
  {
    before: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'more-scaler', {
      spec: {
        minReplicas: 1,
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      },
    }),
    patches: [
      { spec: { minReplicas: 2 } },
      { spec: { minReplicas: null } },
      { spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'b' } } },
    ],
  },
  {
    before: object('policy/v1', 'PodDisruptionBudget', 'more-budget', {
      spec: { maxUnavailable: 1, selector: { matchLabels: { a: 'b' } } },
    }),
    patches: [
      { spec: { maxUnavailable: '25%' } },
      { spec: { selector: null } },
      { spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } },
    ],
  },
  {
    before: object('networking.k8s.io/v1', 'Ingress', 'more-ingress', {
      spec: {
        rules: [
          {
            host: 'a.example.com',
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    }),
    patches: [
      { spec: { ingressClassName: 'a' } },
      { spec: { rules: [], defaultBackend: { service: { name: 'b', port: { name: 'http' } } } } },
      { metadata: { annotations: { 'kubernetes.io/ingress.class': 'a' } } },
    ],
  },
  {
    before: object('networking.k8s.io/v1', 'NetworkPolicy', 'more-network', {
      spec: { podSelector: { matchLabels: { a: 'b' } }, ingress: [{}] },
    }),
    patches: [
      { spec: { policyTypes: ['Ingress'] } },
      { spec: { policyTypes: ['Ingress', 'Egress'], egress: [] } },
    ],
  },
  {
    before: object('v1', 'PersistentVolumeClaim', 'more-claim', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        volumeMode: 'Block',
      },
    }),
    patches: [
      { spec: { volumeMode: null } },
      { spec: { resources: { requests: { storage: 1_073_741_824 } } } },
      { spec: { storageClassName: '' } },
      { spec: { volumeName: 'pv' } },
      { spec: { dataSource: { kind: 'PersistentVolumeClaim', name: 'a' } } },
    ],
  },
  {
    before: cluster('storage.k8s.io/v1', 'StorageClass', 'more-class', {
      provisioner: 'p.example.com',
      parameters: { a: 'b' },
      volumeBindingMode: 'WaitForFirstConsumer',
    }),
    patches: [
      { volumeBindingMode: null },
      { parameters: { a: null } },
      { reclaimPolicy: 'Delete', allowVolumeExpansion: true },
      { provisioner: 'q.example.com' },
    ],
  },
  {
    before: cluster('scheduling.k8s.io/v1', 'PriorityClass', 'more-priority', {
      value: 7,
      preemptionPolicy: 'Never',
    }),
    patches: [
      { value: 8 },
      { preemptionPolicy: null },
      { globalDefault: false, description: 'x' },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
  {
    before: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'more-roles', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
      subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'default' }],
    }),
    patches: [
      { roleRef: { kind: 'ClusterRole' } },
      { roleRef: { name: 'b' } },
      { subjects: null },
      { subjects: [{ kind: 'ServiceAccount', name: 'b', namespace: 'default', apiGroup: '' }] },
    ],
  },
  {
    before: cluster('node.k8s.io/v1', 'RuntimeClass', 'more-runtime', { handler: 'runc' }),
    patches: [
      { handler: 'kata' },
      { overhead: { podFixed: { memory: '1Gi' } } },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
  {
    before: cluster('v1', 'Namespace', 'more-space', {
      metadata: { name: 'more-space', labels: { a: 'b' } },
    }),
    patches: [
      { metadata: { labels: { a: 'c' } } },
      { metadata: { labels: null } },
      { spec: { finalizers: ['kubernetes'] } },
    ],
  },
  {
    before: object('v1', 'ConfigMap', 'more-config', { data: { a: 'b' } }),
    patches: [
      { data: { b: 'é'.repeat(524_287) } },
      { data: { b: 'é'.repeat(524_288) } },
      { data: { b: 'x'.repeat(600_000), c: 'x'.repeat(600_000) } },
      {
        data: { b: 'x'.repeat(600_000) },
        binaryData: { d: Buffer.from('x'.repeat(448_575)).toString('base64') },
      },
      {
        data: { b: 'x'.repeat(600_000) },
        binaryData: { d: Buffer.from('x'.repeat(448_576)).toString('base64') },
      },
      { data: { b: '"\n'.repeat(60_000) } },
      { data: { b: '\u2028'.repeat(43_000) } },
      { data: { b: '\u0001'.repeat(43_500) } },
      { metadata: { annotations: { a: 'x'.repeat(262_143) } } },
      { metadata: { annotations: { a: 'x'.repeat(131_000) } } },
    ],
  },
]

/** Explicit defaults, other spellings and small changes, for most kinds. */
export const DEFAULTED_KINDS: readonly KindCases[] = [
  ...VOLUMES,
  ...JOBS,
  ...DEFINITIONS,
  ...SERVICES,
  ...PODS,
  ...WORKLOADS,
  ...OTHERS,
]
