import type { FaultOptions } from '@overlay-render/system'

import type { KustomizeCode } from '../kustomize-fault.ts'
import type { BuildInputs } from './find-resources.ts'

/** A build that failed. */
export interface Failure {
  /** What kustomize printed, redacted and with the user's paths. */
  readonly said: string
  readonly exitCode: number | undefined
  readonly killedBy: string | undefined
  readonly version: string
  /** The overlay as the user knows it. */
  readonly overlay: string
  readonly inputs: BuildInputs
}

/** What to say of it. */
export type Explanation = FaultOptions<KustomizeCode>

/** A way in which a build fails: how to know it by what kustomize prints, and what to say instead. */
export interface Cause {
  readonly pattern: RegExp
  readonly explain: (match: RegExpExecArray, failure: Failure) => Explanation
}
