import { Fault } from '@overlay-render/system'

export type ProwCode = 'job-unknown' | 'path-unknown' | 'not-a-kubeconfig' | 'kubeconfig-conflict'

/** What cannot be answered about a Prow configuration. No message holds a credential. */
export class ProwFault extends Fault<ProwCode> {}
