import { mapsOf, member, memberAt, textOf, type Value, type ValueMap } from '@overlay-render/golden'
import type { FieldPath } from '@overlay-render/kustomize'

import { containersOf } from './pod-templates.ts'

/** An object that a pod cannot start without. */
export interface PodNeed {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim' | 'ServiceAccount'
  readonly name: string
  /** The part of the pod that needs it, for the position: a volume, an environment variable, the pod itself. */
  readonly from: ValueMap
  /** The field below it that has the name. */
  readonly field: FieldPath
}

/** Volume types that name a Secret for their driver, and the field for it. */
const OF_DRIVERS: readonly (readonly [volume: string, field: string])[] = [
  ['csi', 'nodePublishSecretRef'],
  ['cephfs', 'secretRef'],
  ['cinder', 'secretRef'],
  ['flexVolume', 'secretRef'],
  ['iscsi', 'secretRef'],
  ['rbd', 'secretRef'],
  ['scaleIO', 'secretRef'],
  ['storageos', 'secretRef'],
]

/** The objects that a pod waits for, without optional ones. */
export function podNeeds(spec: ValueMap): PodNeed[] {
  const found: PodNeed[] = []
  const need = (kind: PodNeed['kind'], from: ValueMap, holder: readonly string[], key = 'name'): void => {
    const reference: Value | undefined = memberAt(from, ...holder)
    const name = textOf(reference, key)
    if (name !== '' && member(reference, 'optional') !== true)
      found.push({ kind, name, from, field: [...holder, key] })
  }

  for (const volume of mapsOf(spec, 'volumes')) {
    need('Secret', volume, ['secret'], 'secretName')
    need('ConfigMap', volume, ['configMap'])
    need('PersistentVolumeClaim', volume, ['persistentVolumeClaim'], 'claimName')
    for (const [kind, field] of OF_DRIVERS) need('Secret', volume, [kind, field])
    need('Secret', volume, ['azureFile'], 'secretName')
    for (const source of mapsOf(member(volume, 'projected'), 'sources')) {
      need('Secret', source, ['secret'])
      need('ConfigMap', source, ['configMap'])
    }
  }
  for (const container of containersOf(spec)) {
    for (const env of mapsOf(container, 'env')) {
      need('Secret', env, ['valueFrom', 'secretKeyRef'])
      need('ConfigMap', env, ['valueFrom', 'configMapKeyRef'])
    }
    for (const source of mapsOf(container, 'envFrom')) {
      need('Secret', source, ['secretRef'])
      need('ConfigMap', source, ['configMapRef'])
    }
  }
  const account = textOf(spec, 'serviceAccountName') === '' ? 'serviceAccount' : 'serviceAccountName'
  if (textOf(spec, account) !== 'default') need('ServiceAccount', spec, [], account)
  return found
}
