import { mapsOf, member, memberAt, textOf, type Value, type ValueMap } from '@overlay-render/golden'

import { containersOf } from './pod-templates.ts'

/** An object that a pod cannot start without. */
export interface PodNeed {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim' | 'ServiceAccount'
  readonly name: string
  /** What asks for it, for the position: a volume, an environment variable, the pod itself. */
  readonly from: ValueMap
}

/** Volumes that name a Secret for their driver, and the field in which they do. */
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

/** Objects that a pod waits for; what is optional is left out. */
export function podNeeds(spec: ValueMap): PodNeed[] {
  const found: PodNeed[] = []
  const need = (kind: PodNeed['kind'], name: string, from: ValueMap, optional?: Value): void => {
    if (name !== '' && optional !== true) found.push({ kind, name, from })
  }
  const needReference = (kind: PodNeed['kind'], reference: Value | undefined, from: ValueMap): void =>
    need(kind, textOf(reference, 'name'), from, member(reference, 'optional'))

  for (const volume of mapsOf(spec, 'volumes')) {
    const secret = member(volume, 'secret')
    need('Secret', textOf(secret, 'secretName'), volume, member(secret, 'optional'))
    needReference('ConfigMap', member(volume, 'configMap'), volume)
    need('PersistentVolumeClaim', textOf(member(volume, 'persistentVolumeClaim'), 'claimName'), volume)
    for (const [kind, field] of OF_DRIVERS) needReference('Secret', memberAt(volume, kind, field), volume)
    need('Secret', textOf(member(volume, 'azureFile'), 'secretName'), volume)
    for (const source of mapsOf(member(volume, 'projected'), 'sources')) {
      needReference('Secret', member(source, 'secret'), source)
      needReference('ConfigMap', member(source, 'configMap'), source)
    }
  }
  for (const container of containersOf(spec)) {
    for (const env of mapsOf(container, 'env')) {
      needReference('Secret', memberAt(env, 'valueFrom', 'secretKeyRef'), env)
      needReference('ConfigMap', memberAt(env, 'valueFrom', 'configMapKeyRef'), env)
    }
    for (const source of mapsOf(container, 'envFrom')) {
      needReference('Secret', member(source, 'secretRef'), source)
      needReference('ConfigMap', member(source, 'configMapRef'), source)
    }
  }
  const account = textOf(spec, 'serviceAccountName') || textOf(spec, 'serviceAccount')
  if (account !== 'default') need('ServiceAccount', account, spec)
  return found
}
