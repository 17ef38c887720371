import { Fault } from '@overlay-render/system'

export type ClusterCode =
  /** `kube-apiserver`, `etcd` or `kubectl` is not on this machine. */
  | 'program-missing'
  /** A throw-away API server did not come up. */
  | 'server-not-ready'
  /** KUBECONFIG names a file relative to the current folder. */
  | 'kubeconfig-relative'
  /** kubectl knows no context of that name. */
  | 'context-unknown'
  /** A cluster that is to be written into for a test is a real one. */
  | 'not-throw-away'
  /** The cluster does not answer, or does not let the user in. */
  | 'cluster-unreachable'
  /** kubectl answered with something that is not what was asked for. */
  | 'kubectl-failed'
  /** The server refused a step of a plan. */
  | 'step-failed'
  /** One object can be applied only once: of two with one identity the last wins. */
  | 'duplicate-identity'
  /** An object is named that the manifests do not have, or several have that name. */
  | 'object-unknown'
  /** A plan has errors, and nothing of it was done. */
  | 'plan-refused'
  /** A saved plan is not the one that would be made now. */
  | 'plan-outdated'
  /** A saved plan cannot be read. */
  | 'plan-invalid'

/** A fault between this program and a cluster. */
export class ClusterFault extends Fault<ClusterCode> {}
