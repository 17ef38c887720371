import { equalValues, isList, isMap, member, type Value } from '../resources/value.ts'

/** The API server's default for a missing field; a function if it depends on sibling fields. */
export type Default = Value | ((siblings: Value) => Value | undefined)

/** `Always` for the tag `latest` or no tag; a digest counts as a tag. */
const imagePullPolicy = (container: Value): Value => {
  const image = member(container, 'image')
  const text = typeof image === 'string' ? image : ''
  const name = text.slice(text.lastIndexOf('/') + 1)
  return /:latest(?:@|$)/u.test(name) || !/[:@]/u.test(name) ? 'Always' : 'IfNotPresent'
}

const sibling =
  (field: string, otherwise: Value) =>
  (siblings: Value): Value =>
    member(siblings, field) ?? otherwise

const firstOf = (list: Value | undefined): Value | undefined => (isList(list) ? list[0] : undefined)
const listOf = (item: Value | undefined): Value | undefined =>
  typeof item === 'string' && item !== '' ? [item] : undefined

const PROBE = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  initialDelaySeconds: 0,
}
const CONTAINER = {
  imagePullPolicy,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  resources: {},
  tty: false,
  stdin: false,
  stdinOnce: false,
  workingDir: '',
}
const FILES = { defaultMode: 0o644 }
const ROLLING = { maxSurge: '25%', maxUnavailable: '25%' }

/** Whether the spec has a pod template: other kinds have fields with the same names. */
const isOfPods = (spec: Value): boolean => isMap(member(spec, 'template'))
const isOneOf = (holder: Value, field: string, ...values: readonly Value[]): boolean =>
  values.some((value) => value === member(holder, field))
const DISK = { readOnly: false, fsType: '' }

/** Fields of a PersistentVolume's source have defaults; the same fields of a pod's volume are optional. */
const ofVolume =
  (value: Value) =>
  (source: Value): Value | undefined =>
    member(source, 'volumeHandle') === undefined ? undefined : value

/** A pod volume without a source is an emptyDir. */
const emptyDir = (volume: Value): Value | undefined =>
  isMap(volume) && Object.keys(volume).every((key) => key === 'name') ? {} : undefined

/**
 * Defaults by the field of the parent object (or list of objects) and the field within it. They include the zero values
 * of Go's types, because the API server does not distinguish them from absent fields.
 *
 * From `pkg/apis/<group>/v1/defaults.go` and the types of `k8s.io/api`, v1.34.
 */
const BY_HOLDER: Readonly<Record<string, Readonly<Record<string, Default>>>> = {
  '': {
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    preemptionPolicy: 'PreemptLowerPriority',
    type: 'Opaque',
    immutable: false,
    stringData: {},
  },
  metadata: { annotations: {}, labels: {} },
  template: { metadata: {} },
  selector: { matchLabels: {} },
  spec: {
    // Pods
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    nodeSelector: {},
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    hostname: '',
    subdomain: '',
    nodeName: '',
    priorityClassName: '',
    serviceAccountName: sibling('serviceAccount', ''),
    serviceAccount: sibling('serviceAccountName', ''),
    // Deployments, DaemonSets, StatefulSets
    replicas: (spec) => (isOfPods(spec) ? 1 : undefined),
    revisionHistoryLimit: (spec) => (isOfPods(spec) ? 10 : undefined),
    progressDeadlineSeconds: (spec) => (isOfPods(spec) ? 600 : undefined),
    strategy: (spec) => (isOfPods(spec) ? { type: 'RollingUpdate', rollingUpdate: ROLLING } : undefined),
    podManagementPolicy: 'OrderedReady',
    serviceName: '',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    // Jobs, CronJobs
    backoffLimit: (spec) => (isOfPods(spec) ? 6 : undefined),
    parallelism: (spec) => (isOfPods(spec) ? 1 : undefined),
    suspend: false,
    concurrencyPolicy: 'Allow',
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    completions: (spec) => ((member(spec, 'parallelism') ?? null) === null ? 1 : undefined),
    completionMode: 'NonIndexed',
    // Volumes and claims
    volumeMode: 'Filesystem',
    volumeName: '',
    persistentVolumeReclaimPolicy: 'Retain',
    resources: {},
    storageClassName: (spec) => (member(spec, 'capacity') === undefined ? undefined : ''),
    // Services
    type: 'ClusterIP',
    clusterIP: (spec) => firstOf(member(spec, 'clusterIPs')),
    clusterIPs: (spec) => listOf(member(spec, 'clusterIP')),
    sessionAffinity: 'None',
    internalTrafficPolicy: 'Cluster',
    externalTrafficPolicy: (spec) =>
      isOneOf(spec, 'type', 'NodePort', 'LoadBalancer') ? 'Cluster' : undefined,
    allocateLoadBalancerNodePorts: (spec) => (isOneOf(spec, 'type', 'LoadBalancer') ? true : undefined),
    // Autoscalers
    minReplicas: (spec) => (member(spec, 'scaleTargetRef') === undefined ? undefined : 1),
    // Definitions of custom resources
    preserveUnknownFields: false,
    // CSI drivers
    attachRequired: true,
    volumeLifecycleModes: ['Persistent'],
  },
  containers: CONTAINER,
  initContainers: CONTAINER,
  strategy: { type: 'RollingUpdate', rollingUpdate: ROLLING },
  updateStrategy: { type: 'RollingUpdate' },
  resources: { limits: {}, requests: {} },
  ports: { protocol: 'TCP', hostPort: 0, name: '', hostIP: '', targetPort: (item) => member(item, 'port') },
  env: { value: '' },
  configMapRef: { name: '' },
  secretRef: { name: '' },
  envFrom: { prefix: '' },
  volumeMounts: { readOnly: false, subPath: '', subPathExpr: '' },
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
  httpGet: { path: '/', scheme: 'HTTP', host: '' },
  tcpSocket: { host: '' },
  grpc: { service: '' },
  fieldRef: { apiVersion: 'v1' },
  resourceFieldRef: { divisor: '0', containerName: '' },
  secret: FILES,
  configMap: FILES,
  projected: FILES,
  downwardAPI: FILES,
  serviceAccountToken: { expirationSeconds: 3600, audience: '' },
  hostPath: { type: '' },
  emptyDir: { medium: '' },
  persistentVolumeClaim: { readOnly: false },
  volumes: { emptyDir },
  volumeClaimTemplate: { metadata: {} },
  nfs: { readOnly: false },
  glusterfs: { readOnly: false },
  gcePersistentDisk: { ...DISK, partition: 0 },
  awsElasticBlockStore: { ...DISK, partition: 0 },
  cinder: DISK,
  portworxVolume: DISK,
  storageos: DISK,
  flexVolume: { ...DISK, options: {} },
  fc: DISK,
  iscsi: { ...DISK, iscsiInterface: 'default', chapAuthDiscovery: false, chapAuthSession: false },
  csi: { readOnly: ofVolume(false), fsType: ofVolume(''), volumeAttributes: {} },
  vsphereVolume: { fsType: '', storagePolicyName: '', storagePolicyID: '' },
  photonPersistentDisk: { fsType: '' },
  quobyte: { readOnly: false, user: '', group: '', tenant: '' },
  rbd: { ...DISK, pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  cephfs: { user: '', path: '', secretFile: '', readOnly: false },
  azureFile: { readOnly: false },
  azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', kind: 'Shared', readOnly: false },
  scaleIO: {
    storageMode: 'ThinProvisioned',
    fsType: 'xfs',
    readOnly: false,
    sslEnabled: false,
    protectionDomain: '',
    storagePool: '',
  },
  tolerations: { operator: '', effect: '', key: '', value: '' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io' },
  volumeClaimTemplates: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
  status: { phase: 'Pending' },
  onPodConditions: { status: 'True' },
}

function defaultOf(holder: string, field: string): Default | undefined {
  const fields = Object.hasOwn(BY_HOLDER, holder) ? BY_HOLDER[holder] : undefined
  return fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined
}

/** The effective value of a field: its own, or the default. Null and empty lists count as absent. */
export function effective(siblings: Value | undefined, holder: string, field: string): Value | undefined {
  const given = member(siblings, field)
  if (given !== undefined && given !== null && !(isList(given) && given.length === 0)) return given
  const found = defaultOf(holder, field)
  return typeof found === 'function' ? (isMap(siblings) ? found(siblings) : undefined) : found
}

/** Whether a value equals the API server's default for the field. */
export function isDefaultValue(value: Value, holder: string, field: string, siblings: Value): boolean {
  const found = defaultOf(holder, field)
  const otherwise = typeof found === 'function' ? found(siblings) : found
  return otherwise !== undefined && equalValues(otherwise, value)
}
