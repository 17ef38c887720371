import { rulesOf, type UpdateRule } from './update-rule.ts'

/** Volumes, claims and classes of storage. */
export const STORAGE_RULES: readonly UpdateRule[] = [
  ...rulesOf('', ['PersistentVolumeClaim'], 'immutable', ['spec'], {
    except: [
      'spec.resources.requests.storage',
      'spec.volumeAttributesClassName',
      'spec.volumeName',
      'spec.storageClassName',
    ],
  }),
  ...rulesOf('', ['PersistentVolumeClaim'], 'set-once', ['spec.volumeName', 'spec.storageClassName']),
  ...rulesOf('', ['PersistentVolumeClaim'], 'not-removed', ['spec.volumeAttributesClassName']),
  ...rulesOf('', ['PersistentVolumeClaim'], 'not-smaller', ['spec.resources.requests.storage']),
  // The rest of the spec is the volume's source.
  ...rulesOf('', ['PersistentVolume'], 'immutable', ['spec'], {
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
  }),
  ...rulesOf('', ['PersistentVolume'], 'set-once', ['spec.nodeAffinity']),
  ...rulesOf('', ['PersistentVolume'], 'not-removed', ['spec.volumeAttributesClassName']),
  ...rulesOf('', ['PersistentVolume'], 'set-once', ['spec.csi.controllerExpandSecretRef']),
  ...rulesOf('storage.k8s.io', ['StorageClass'], 'immutable', [
    'provisioner',
    'parameters',
    'reclaimPolicy',
    'volumeBindingMode',
  ]),
  ...rulesOf('storage.k8s.io', ['VolumeAttributesClass'], 'immutable', ['driverName', 'parameters']),
  ...rulesOf('storage.k8s.io', ['CSIDriver'], 'immutable', [
    'spec.attachRequired',
    'spec.volumeLifecycleModes',
  ]),
  ...rulesOf('storage.k8s.io', ['CSIStorageCapacity'], 'immutable', ['nodeTopology', 'storageClassName']),
  ...rulesOf('storage.k8s.io', ['VolumeAttachment'], 'immutable', ['spec']),
]
