import { memberAt, type Value } from '../../resources/value.ts'

/** Whether a field had a value before the change. */
export const hadValue =
  (path: string, wanted: Value) =>
  (before: Value): boolean =>
    memberAt(before, ...path.split('.')) === wanted

/** Its type, with the default. */
export const serviceType = (service: Value): Value => memberAt(service, 'spec', 'type') ?? 'ClusterIP'

/** Whether something holds before and after a change. */
export const bothAre =
  (test: (service: Value) => boolean) =>
  (before: Value, after: Value): boolean =>
    test(before) && test(after)

/** Whether a Service has a cluster IP before and after the change. */
export const hasClusterIp: (before: Value, after: Value) => boolean = bothAre(
  (service) => serviceType(service) !== 'ExternalName',
)

/** Whether a Service has no cluster IP. */
export const isHeadless = (service: Value): boolean => memberAt(service, 'spec', 'clusterIP') === 'None'
