import { Fault } from '@overlay-render/system'

/** The kinds of faults between this program and a cluster. */
export type ClusterCode =
  /** `kube-apiserver`, `etcd` or `kubectl` is not on this machine. */
  | 'program-missing'
  /** A throw-away API server did not start. */
  | 'server-not-ready'
  /** KUBECONFIG names a file relative to the current folder. */
  | 'kubeconfig-relative'
  /** The kubeconfig has no context of that name. */
  | 'context-unknown'
  /** A test was to write into a cluster that is a real one. */
  | 'not-throw-away'
  /** The cluster does not answer, or refuses the user's credentials. */
  | 'cluster-unreachable'
  /** kubectl failed, or printed something other than what was asked for. */
  | 'kubectl-failed'
  /** The server refused a step of a plan. */
  | 'step-failed'
  /** Two objects have one identity, and one object can be applied only once. */
  | 'duplicate-identity'
  /** A name in an option matches no object of the manifests, or several. */
  | 'object-unknown'
  /** The plan has errors; none of its steps was carried out. */
  | 'plan-refused'
  /** The saved plan differs from the plan that would be made now. */
  | 'plan-outdated'
  /** The saved plan cannot be read. */
  | 'plan-invalid'

/** A fault between this program and a cluster. */
export class ClusterFault extends Fault<ClusterCode> {}
