import type { ComparisonContext } from '../comparison.ts'
import type { Explain } from '../explain/explanation.ts'
import type { CallOptions } from '../progress.ts'

/** What the steps that talk to a cluster need of a workspace. */
export interface ClusterSteps extends ComparisonContext {
  /** Traces the build of an overlay, to tell where its objects come from. */
  readonly explainer: (overlay: string, options: CallOptions) => Promise<Explain>
}
