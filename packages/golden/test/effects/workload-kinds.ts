import { type JsonMap, type KindCases, WRITTEN_NULL } from './case.ts'

const CONTAINER = {
  name: 'deck',
  image: 'gcr.io/deck:v1',
  args: ['--port=80'],
  env: [
    { name: 'A', value: 'a' },
    { name: 'B' },
    { name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ],
  ports: [{ containerPort: 80 }],
  resources: { requests: { cpu: '1', memory: '1Gi' } },
  volumeMounts: [{ name: 'config', mountPath: '/etc/config' }],
  readinessProbe: { httpGet: { path: '/ready', port: 81 } },
  livenessProbe: { tcpSocket: { port: 80 } },
}
const POD = {
  containers: [CONTAINER],
  volumes: [
    { name: 'config', configMap: { name: 'config' } },
    { name: 'token', secret: { secretName: 'token' } },
    { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'host', hostPath: { path: '/tmp' } },
    { name: 'all', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  ],
  tolerations: [{ key: 'prow', value: 'x', effect: 'NoSchedule' }],
}
const LABELS = { app: 'deck', tier: 'ui' }
const TEMPLATE = { metadata: { labels: LABELS }, spec: POD }
const container = (patch: JsonMap): JsonMap => ({ containers: [{ ...CONTAINER, ...patch }] })
const env = (...items: JsonMap[]): JsonMap => container({ env: items })
const volume = (index: number, patch: JsonMap): JsonMap => ({
  volumes: POD.volumes.map((item, at) => (at === index ? patch : item)),
})

/** Changes of a pod's spec; the first ones are only other spellings. */
const POD_PATCHES: readonly JsonMap[] = [
  { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', schedulerName: 'default-scheduler' },
  {
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
  },
  {
    nodeSelector: {},
    imagePullSecrets: [],
    hostAliases: [],
    initContainers: WRITTEN_NULL,
    affinity: WRITTEN_NULL,
  },
  { nodeName: '', hostname: '', subdomain: '', priorityClassName: '', serviceAccountName: '' },
  container({ imagePullPolicy: 'IfNotPresent' }),
  container({ terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }),
  container({
    tty: false,
    stdin: false,
    stdinOnce: false,
    workingDir: '',
    command: [],
    lifecycle: null,
  }),
  container({ resources: { requests: { cpu: '1000m', memory: '1024Mi' } } }),
  container({ resources: { requests: { cpu: 1, memory: '1048576Ki' }, limits: {} } }),
  container({ ports: [{ containerPort: 80, protocol: 'TCP', hostPort: 0 }] }),
  container({ volumeMounts: [{ name: 'config', mountPath: '/etc/config', readOnly: false, subPath: '' }] }),
  container({
    readinessProbe: {
      httpGet: { path: '/ready', port: 81, scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
      initialDelaySeconds: 0,
    },
  }),
  env(CONTAINER.env[0] ?? {}, { name: 'B', value: '' }, CONTAINER.env[2] ?? {}),
  env(
    { name: 'A', value: 'a' },
    { name: 'B' },
    { name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } } },
  ),
  volume(0, { name: 'config', configMap: { name: 'config', defaultMode: 420 } }),
  volume(1, { name: 'token', secret: { secretName: 'token', defaultMode: 420 } }),
  volume(2, { name: 'scratch', emptyDir: { sizeLimit: '1024Mi', medium: '' } }),
  volume(3, { name: 'host', hostPath: { path: '/tmp', type: '' } }),
  volume(4, {
    name: 'all',
    projected: {
      defaultMode: 420,
      sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3600 } }],
    },
  }),
  // Changes.
  { restartPolicy: 'Always', dnsPolicy: 'Default' },
  { schedulerName: 'other' },
  { terminationGracePeriodSeconds: 31 },
  { securityContext: { runAsUser: 1 } },
  { hostNetwork: true, ...container({ ports: [] }) },
  { nodeSelector: { a: 'b' } },
  { serviceAccountName: 'deck' },
  { priorityClassName: 'high' },
  { affinity: {} },
  { affinity: { nodeAffinity: {} } },
  { automountServiceAccountToken: false },
  { automountServiceAccountToken: true },
  { enableServiceLinks: false },
  { imagePullSecrets: [{ name: 'pull' }] },
  { initContainers: [{ name: 'first', image: 'busybox:1' }] },
  { tolerations: [] },
  { tolerations: [...POD.tolerations, { key: 'other', operator: 'Exists' }] },
  { tolerations: [{ key: 'prow', operator: 'Equal', value: 'x', effect: 'NoSchedule' }] },
  { volumes: POD.volumes.toReversed() },
  { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }] },
  container({ image: 'gcr.io/deck:v2' }),
  container({ image: 'gcr.io/deck' }),
  container({ image: 'gcr.io/deck@sha256:4be1d07e0c9b1d07e0c9b1d07e0c9b1d07e0c9b1d07e0c9b1d07e0c9b1d07e0c' }),
  container({ imagePullPolicy: 'Always' }),
  container({ args: ['--port=81'] }),
  container({ command: ['deck'] }),
  container({ tty: true }),
  container({ workingDir: '/' }),
  container({ securityContext: {} }),
  container({ securityContext: { privileged: false } }),
  container({ resources: { requests: { cpu: '1001m', memory: '1Gi' } } }),
  container({ resources: { requests: { cpu: '1', memory: '1G' } } }),
  container({ resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2' } } }),
  container({ ports: [{ containerPort: 80, protocol: 'UDP' }] }),
  container({ ports: [{ containerPort: 80, name: 'http' }] }),
  container({ volumeMounts: [{ name: 'config', mountPath: '/etc/config', readOnly: true }] }),
  container({ readinessProbe: { httpGet: { path: '/ready', port: 81 }, periodSeconds: 11 } }),
  container({ readinessProbe: { httpGet: { path: '/ready', port: 'http' } } }),
  container({ livenessProbe: null }),
  env({ name: 'A', value: 'b' }, { name: 'B' }),
  env({ name: 'B' }, { name: 'A', value: 'a' }, CONTAINER.env[2] ?? {}),
  volume(0, { name: 'config', configMap: { name: 'config', defaultMode: 384 } }),
  volume(0, { name: 'config', configMap: { name: 'config', optional: false } }),
  volume(2, { name: 'scratch', emptyDir: { sizeLimit: '2Gi' } }),
  volume(2, { name: 'scratch', emptyDir: {} }),
  volume(3, { name: 'host', hostPath: { path: '/tmp', type: 'Directory' } }),
]

const inTemplate = (spec: JsonMap): JsonMap => ({ spec: { template: { spec } } })

/** Changes of a template outside of the pod's spec. */
const TEMPLATE_PATCHES: readonly JsonMap[] = [
  { spec: { template: { metadata: { annotations: {} } } } },
  { spec: { template: { metadata: { creationTimestamp: WRITTEN_NULL } } } },
  { spec: { template: { metadata: { annotations: { a: 'b' } } } } },
  { spec: { template: { metadata: { labels: { more: 'labels' } } } } },
  { spec: { template: { metadata: { labels: { tier: 'api' } } } } },
  { spec: { template: { metadata: { labels: { tier: null } } } } },
  { metadata: { labels: { a: 'b' }, annotations: { a: 'b' } } },
]
const SELECTOR_PATCHES: readonly JsonMap[] = [
  // Labels outside of the selector, then in it.
  { spec: { template: { metadata: { labels: { app: 'other' } } } } },
  { spec: { template: { metadata: { labels: { app: null } } } } },
  {
    spec: {
      selector: { matchLabels: { app: 'other' } },
      template: { metadata: { labels: { app: 'other' } } },
    },
  },
  { spec: { selector: { matchLabels: { tier: 'ui' } } } },
  { spec: { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } } },
  { spec: { selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['deck'] }] } } },
  { spec: { selector: { matchExpressions: [] } } },
  { spec: { selector: { matchExpressions: WRITTEN_NULL } } },
]

const SELECTOR = { matchLabels: { app: 'deck' } }
const workload = (kind: string, spec: JsonMap, name = kind.toLowerCase()): JsonMap => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { selector: SELECTOR, template: TEMPLATE, ...spec },
})
const ROLLS = inTemplate(container({ image: 'gcr.io/deck:v9' }))

const job = (name: string, spec: JsonMap): JsonMap => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'default' },
  spec: { template: { metadata: { labels: LABELS }, spec: { ...POD, restartPolicy: 'Never' } }, ...spec },
})
const FAILURE_POLICY = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] }

export const WORKLOAD_KINDS: readonly KindCases[] = [
  {
    before: workload('Deployment', { replicas: 2 }),
    patches: [
      ...POD_PATCHES.map(inTemplate),
      ...TEMPLATE_PATCHES,
      ...SELECTOR_PATCHES,
      { spec: { replicas: 3 } },
      { spec: { replicas: 0, ...(ROLLS['spec'] as JsonMap) } },
      { spec: { paused: true, ...(ROLLS['spec'] as JsonMap) } },
      { spec: { strategy: { type: 'Recreate' } } },
      { spec: { revisionHistoryLimit: 1, minReadySeconds: 3, progressDeadlineSeconds: 700 } },
      {
        spec: {
          selector: { matchLabels: { app: 'x' } },
          template: { metadata: { labels: { app: 'x' } }, spec: container({ image: 'gcr.io/deck:v9' }) },
        },
      },
    ],
  },
  {
    before: workload('Deployment', { replicas: 0 }, 'asleep'),
    patches: [ROLLS, { spec: { replicas: 1, ...(ROLLS['spec'] as JsonMap) } }],
  },
  {
    before: workload('DaemonSet', {}),
    patches: [
      ROLLS,
      ...TEMPLATE_PATCHES,
      ...SELECTOR_PATCHES,
      { spec: { updateStrategy: { type: 'OnDelete' }, ...(ROLLS['spec'] as JsonMap) } },
      { spec: { updateStrategy: { type: 'RollingUpdate' }, minReadySeconds: 3, revisionHistoryLimit: 1 } },
    ],
  },
  {
    before: workload('StatefulSet', {
      replicas: 3,
      serviceName: 'deck',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    }),
    patches: [
      ROLLS,
      ...TEMPLATE_PATCHES,
      ...SELECTOR_PATCHES,
      { spec: { serviceName: 'other' } },
      { spec: { podManagementPolicy: 'Parallel' } },
      { spec: { podManagementPolicy: 'OrderedReady' } },
      { spec: { volumeClaimTemplates: [] } },
      {
        spec: {
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
            },
          ],
        },
      },
      {
        spec: {
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                volumeMode: 'Filesystem',
                resources: { requests: { storage: '1024Mi' } },
              },
            },
          ],
        },
      },
      {
        spec: {
          volumeClaimTemplates: [
            {
              metadata: { name: 'data', labels: { a: 'b' } },
              spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
            },
          ],
        },
      },
      { spec: { replicas: 4 } },
      { spec: { minReadySeconds: 3, revisionHistoryLimit: 3 } },
      { spec: { ordinals: { start: 1 } } },
      { spec: { updateStrategy: { type: 'OnDelete', rollingUpdate: WRITTEN_NULL } } },
      { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } } },
      { spec: { updateStrategy: { type: 'OnDelete' }, ...(ROLLS['spec'] as JsonMap) } },
      {
        spec: {
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 3 } },
          ...(ROLLS['spec'] as JsonMap),
        },
      },
      {
        spec: {
          updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
          ...(ROLLS['spec'] as JsonMap),
        },
      },
      { spec: { updateStrategy: { rollingUpdate: { partition: 7 } }, ...(ROLLS['spec'] as JsonMap) } },
    ],
  },
  {
    before: workload('ReplicaSet', { replicas: 1 }),
    patches: [ROLLS, ...SELECTOR_PATCHES, { spec: { minReadySeconds: 1 } }],
  },
  {
    before: {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'controller', namespace: 'default' },
      spec: { selector: { app: 'deck' }, template: TEMPLATE },
    },
    patches: [
      ROLLS,
      { spec: { template: { metadata: { labels: { app: 'other' } } } } },
      { spec: { selector: { app: 'other' }, template: { metadata: { labels: { app: 'other' } } } } },
    ],
  },
  {
    before: job('job', { completions: 2, parallelism: 2, podFailurePolicy: FAILURE_POLICY }),
    patches: [
      ...POD_PATCHES.filter((patch) => patch['restartPolicy'] === undefined).map(inTemplate),
      ...TEMPLATE_PATCHES,
      { spec: { completions: 3 } },
      { spec: { completions: null } },
      { spec: { parallelism: 3 } },
      { spec: { backoffLimit: 3 } },
      { spec: { activeDeadlineSeconds: 3 } },
      { spec: { ttlSecondsAfterFinished: 3 } },
      { spec: { suspend: true } },
      { spec: { suspend: false } },
      { spec: { completionMode: 'NonIndexed' } },
      { spec: { completionMode: 'Indexed' } },
      { spec: { podFailurePolicy: null } },
      {
        spec: {
          podFailurePolicy: { rules: [{ action: 'Count', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
        },
      },
      {
        spec: {
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
        },
      },
      { spec: { podReplacementPolicy: 'Failed' } },
      { spec: { managedBy: 'example.com/queue' } },
    ],
  },
  {
    before: job('indexed', {
      completions: 2,
      parallelism: 2,
      completionMode: 'Indexed',
      backoffLimitPerIndex: 1,
    }),
    patches: [
      { spec: { completions: 3 } },
      { spec: { completions: 3, parallelism: 3 } },
      { spec: { completionMode: null } },
      { spec: { backoffLimitPerIndex: 2 } },
      { spec: { maxFailedIndexes: 1 } },
      { spec: { successPolicy: { rules: [{ succeededCount: 1 }] } } },
    ],
  },
  {
    before: job('suspended', { suspend: true }),
    patches: [
      { spec: { completions: 1 } },
      { spec: { suspend: false } },
      inTemplate({ nodeSelector: { a: 'b' } }),
      inTemplate({ tolerations: [] }),
      inTemplate({ affinity: { nodeAffinity: {} } }),
      inTemplate({ affinity: { podAffinity: {} } }),
      inTemplate(container({ image: 'gcr.io/deck:v9' })),
      { spec: { template: { metadata: { annotations: { a: 'b' } } } } },
      { spec: { template: { metadata: { labels: { a: 'b' } } } } },
    ],
  },
  {
    before: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'cron', namespace: 'default' },
      spec: {
        schedule: '@daily',
        jobTemplate: { spec: { template: { spec: { ...POD, restartPolicy: 'Never' } } } },
      },
    },
    patches: [
      { spec: { schedule: '@hourly', timeZone: 'UTC', concurrencyPolicy: 'Forbid' } },
      { spec: { jobTemplate: { spec: { completions: 3, completionMode: 'Indexed' } } } },
    ],
  },
  {
    before: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pod', namespace: 'default', labels: LABELS },
      spec: {
        ...POD,
        serviceAccountName: 'default',
        activeDeadlineSeconds: 100,
        initContainers: [{ name: 'first', image: 'busybox:1' }],
      },
    },
    patches: [
      ...POD_PATCHES.filter((patch) => patch['serviceAccountName'] === undefined).map((spec) => ({ spec })),
      { metadata: { labels: { a: 'b' }, annotations: { a: 'b' } } },
      { spec: { activeDeadlineSeconds: 50 } },
      { spec: { activeDeadlineSeconds: 150 } },
      { spec: { activeDeadlineSeconds: null } },
      { spec: { enableServiceLinks: true } },
      { spec: { initContainers: [{ name: 'first', image: 'busybox:2' }] } },
      { spec: { initContainers: [{ name: 'second', image: 'busybox:1' }] } },
      { spec: { containers: [CONTAINER, { name: 'more', image: 'a:1' }] } },
    ],
  },
  {
    before: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'gated', namespace: 'default' },
      spec: {
        ...POD,
        serviceAccountName: 'default',
        schedulingGates: [{ name: 'example.com/a' }, { name: 'example.com/b' }],
      },
    },
    patches: [
      { spec: { schedulingGates: [{ name: 'example.com/b' }] } },
      { spec: { schedulingGates: [] } },
      {
        spec: {
          schedulingGates: [{ name: 'example.com/a' }, { name: 'example.com/b' }, { name: 'example.com/c' }],
        },
      },
      { spec: { nodeSelector: { a: 'b' } } },
    ],
  },
]
