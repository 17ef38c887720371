import { Fault } from '@overlay-render/system'

/** The codes of `ProwFault`. */
export type ProwCode =
  /** There is no job of that name. */
  | 'job-unknown'
  /** The job has no field at that path. */
  | 'path-unknown'
  /** A file is not a kubeconfig. */
  | 'not-a-kubeconfig'
  /** Kubeconfigs define the same name differently. */
  | 'kubeconfig-conflict'

/** A problem of a Prow configuration, or of a request about it. No message holds a credential. */
export class ProwFault extends Fault<ProwCode> {}
