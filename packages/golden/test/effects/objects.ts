import type { JsonMap } from './case.ts'

/** An object in a namespace; without one where that is empty. */
export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  body: JsonMap,
  namespace = 'default',
): JsonMap => ({
  apiVersion,
  kind,
  metadata: namespace === '' ? { name } : { name, namespace },
  ...body,
})

/** An object that belongs to the cluster as a whole. */
export const cluster = (apiVersion: string, kind: string, name: string, body: JsonMap): JsonMap =>
  object(apiVersion, kind, name, body, '')

/** A PersistentVolume of 5 Gi with that source. */
export const volume = (name: string, source: JsonMap): JsonMap =>
  cluster('v1', 'PersistentVolume', name, {
    spec: { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce'], ...source },
  })
