import { Fault } from '@overlay-render/system'

/** The codes of `ProwFault`. */
export type ProwCode = 'job-unknown' | 'path-unknown' | 'not-a-kubeconfig' | 'kubeconfig-conflict'

/** A problem of a Prow configuration, or of a request about it. No message holds a credential. */
export class ProwFault extends Fault<ProwCode> {}
