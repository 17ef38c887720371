import type { JsonMap } from './case.ts'

/** An object in a namespace, or a cluster-scoped one if the namespace is empty. */
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

/** A cluster-scoped object. */
export const cluster = (apiVersion: string, kind: string, name: string, body: JsonMap): JsonMap =>
  object(apiVersion, kind, name, body, '')

/** A PersistentVolume of 5 Gi with this source. */
export const volume = (name: string, source: JsonMap): JsonMap =>
  cluster('v1', 'PersistentVolume', name, {
    spec: { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce'], ...source },
  })
