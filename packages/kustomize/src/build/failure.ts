import type { FaultOptions } from '@overlay-render/system'

import type { KustomizeCode } from '../kustomize-fault.ts'
import type { BuildInputs } from './find-resources.ts'

/** A build that failed. */
export interface Failure {
  /** The output of kustomize, redacted and with the user's paths. */
  readonly said: string
  readonly exitCode: number | undefined
  readonly killedBy: string | undefined
  readonly version: string
  /** The overlay's path for the user. */
  readonly overlay: string
  readonly inputs: BuildInputs
}

/** The explanation of a failure. */
export type Explanation = FaultOptions<KustomizeCode>

/** A cause of a failure: how to recognise it in kustomize's output, and how to explain it. */
export interface Cause {
  readonly pattern: RegExp
  readonly explain: (match: RegExpExecArray, failure: Failure) => Explanation
}
