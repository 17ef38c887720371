import { type JsonMap, type KindCases, WRITTEN_NULL } from './case.ts'

const AFFINITY = (zone: string): JsonMap => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: [zone] }] }] },
})

const volume = (name: string, source: JsonMap, spec: JsonMap = {}): JsonMap => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], ...source, ...spec },
})
const VOLUME_PATCHES: readonly JsonMap[] = [
  { spec: { capacity: { storage: '2Gi' } } },
  { spec: { capacity: { storage: '1024Mi' } } },
  { spec: { accessModes: ['ReadWriteMany'] } },
  { spec: { persistentVolumeReclaimPolicy: 'Retain' } },
  { spec: { persistentVolumeReclaimPolicy: 'Delete' } },
  { spec: { storageClassName: 'other' } },
  { spec: { mountOptions: ['ro'] } },
  { spec: { volumeMode: 'Filesystem' } },
  { spec: { volumeMode: 'Block' } },
  { spec: { claimRef: { namespace: 'default', name: 'claim' } } },
  { spec: { nodeAffinity: AFFINITY('b') } },
  { spec: { nodeAffinity: null } },
  { metadata: { labels: { a: 'b' } } },
]

const claim = (name: string, spec: JsonMap): JsonMap => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, ...spec },
})
const BOUND = { phase: 'Bound', capacity: { storage: '10Gi' } }

const storageClass = (name: string, more: JsonMap = {}): JsonMap => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner: 'example.com/disk',
  ...more,
})

export const STORAGE_KINDS: readonly KindCases[] = [
  {
    before: volume('on-host', { hostPath: { path: '/a' } }),
    patches: [
      ...VOLUME_PATCHES,
      { spec: { hostPath: { path: '/b' } } },
      { spec: { hostPath: { type: '' } } },
      { spec: { hostPath: { type: 'Directory' } } },
      { spec: { hostPath: null, nfs: { server: 'a', path: '/a' } } },
    ],
  },
  {
    before: volume(
      'shared',
      { nfs: { server: 'a', path: '/a' } },
      { nodeAffinity: AFFINITY('a'), storageClassName: 'nfs' },
    ),
    patches: [
      ...VOLUME_PATCHES,
      { spec: { nfs: { server: 'b' } } },
      { spec: { nfs: { path: '/b' } } },
      { spec: { nfs: { readOnly: true } } },
      { spec: { nfs: { readOnly: false } } },
    ],
  },
  {
    before: volume(
      'driven',
      { csi: { driver: 'example.com', volumeHandle: 'a' } },
      { volumeAttributesClassName: 'gold' },
    ),
    patches: [
      { spec: { csi: { volumeHandle: 'b' } } },
      { spec: { csi: { driver: 'example.org' } } },
      { spec: { csi: { fsType: 'ext4' } } },
      { spec: { csi: { volumeAttributes: { a: 'b' } } } },
      { spec: { csi: { controllerExpandSecretRef: { name: 'a', namespace: 'default' } } } },
      { spec: { csi: { controllerPublishSecretRef: { name: 'a', namespace: 'default' } } } },
      { spec: { volumeAttributesClassName: null } },
      { spec: { volumeAttributesClassName: 'silver' } },
    ],
  },
  {
    before: volume('expanding', {
      csi: {
        driver: 'example.com',
        volumeHandle: 'a',
        controllerExpandSecretRef: { name: 'a', namespace: 'default' },
      },
    }),
    patches: [
      { spec: { csi: { controllerExpandSecretRef: { name: 'b' } } } },
      { spec: { csi: { controllerExpandSecretRef: null } } },
    ],
  },
  {
    before: storageClass('expandable', { allowVolumeExpansion: true }),
    patches: [
      { provisioner: 'example.com/other' },
      { parameters: { a: 'b' } },
      { parameters: {} },
      { reclaimPolicy: 'Delete' },
      { reclaimPolicy: 'Retain' },
      { volumeBindingMode: 'Immediate' },
      { volumeBindingMode: 'WaitForFirstConsumer' },
      { allowVolumeExpansion: false },
      { mountOptions: ['ro'] },
      { allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['a'] }] }] },
      { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } } },
    ],
  },
  {
    before: storageClass('tuned', { parameters: { a: 'b' }, reclaimPolicy: 'Retain' }),
    patches: [
      { parameters: { a: 'c' } },
      { parameters: null },
      { parameters: WRITTEN_NULL },
      { parameters: { c: 'd' } },
      { reclaimPolicy: null },
    ],
  },
  {
    before: claim('bound', { storageClassName: 'expandable', volumeName: 'on-host' }),
    status: BOUND,
    patches: [
      { spec: { resources: { requests: { storage: '20Gi' } } } },
      { spec: { resources: { requests: { storage: '10240Mi' } } } },
      { spec: { resources: { requests: { storage: '9Gi' } } } },
      { spec: { resources: { limits: { storage: '20Gi' } } } },
      { spec: { accessModes: ['ReadWriteMany'] } },
      { spec: { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] } },
      { spec: { storageClassName: 'other' } },
      { spec: { storageClassName: null } },
      { spec: { volumeName: 'other' } },
      { spec: { volumeName: null } },
      { spec: { volumeMode: 'Filesystem' } },
      { spec: { volumeMode: 'Block' } },
      { spec: { selector: { matchLabels: { a: 'b' } } } },
      { spec: { dataSource: { kind: 'PersistentVolumeClaim', name: 'other' } } },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
  {
    before: claim('bare', {}),
    status: BOUND,
    patches: [
      { spec: { storageClassName: 'expandable' } },
      { spec: { storageClassName: '' } },
      { spec: { volumeName: 'on-host' } },
      { spec: { volumeName: '' } },
      { spec: { selector: WRITTEN_NULL, dataSource: WRITTEN_NULL } },
    ],
  },
  {
    before: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: 'example.com' },
      spec: {},
    },
    patches: [
      { spec: { attachRequired: true } },
      { spec: { attachRequired: false } },
      { spec: { podInfoOnMount: true } },
      { spec: { volumeLifecycleModes: ['Persistent'] } },
      { spec: { volumeLifecycleModes: ['Ephemeral'] } },
      { spec: { fsGroupPolicy: 'File' } },
      { spec: { storageCapacity: true } },
      { spec: { requiresRepublish: true } },
      { spec: { seLinuxMount: true } },
      { spec: { tokenRequests: [{ audience: 'a' }] } },
    ],
  },
  {
    before: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: { name: 'gold' },
      driverName: 'example.com',
      parameters: { a: 'b' },
    },
    patches: [
      { driverName: 'example.org' },
      { parameters: { a: 'c' } },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
  {
    before: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIStorageCapacity',
      metadata: { name: 'capacity', namespace: 'default' },
      storageClassName: 'expandable',
      nodeTopology: { matchLabels: { a: 'b' } },
    },
    patches: [
      { storageClassName: 'other' },
      { nodeTopology: { matchLabels: { a: 'c' } } },
      { capacity: '1Gi' },
      { maximumVolumeSize: '1Gi' },
    ],
  },
  {
    before: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttachment',
      metadata: { name: 'attachment' },
      spec: { attacher: 'example.com', nodeName: 'a', source: { persistentVolumeName: 'on-host' } },
    },
    patches: [
      { spec: { nodeName: 'b' } },
      { spec: { attacher: 'example.org' } },
      { metadata: { labels: { a: 'b' } } },
    ],
  },
]
