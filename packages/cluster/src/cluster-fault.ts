import { Fault } from '@overlay-render/system'

export type ClusterCode =
  /** `kube-apiserver`, `etcd` or `kubectl` is not on this machine. */
  | 'program-missing'
  /** A throw-away API server did not come up. */
  | 'server-not-ready'

/** A fault between this program and a cluster. */
export class ClusterFault extends Fault<ClusterCode> {}
