import type { BuildCheck } from '@overlay-render/check'
import type { Kustomize } from '@overlay-render/kustomize'
import type { TreeView } from '@overlay-render/system'

import type { Explain } from '../explain/explanation.ts'
import type { WorkspaceGolden } from '../golden-step.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { TracedRender } from '../pipeline.ts'
import type { CallOptions } from '../progress.ts'
import type { Rendered } from '../rendered.ts'
import type { OpenBaseOptions } from '../review/base-side.ts'
import type { ReviewSide } from '../review/review-side.ts'
import type { VendorOutcome } from '../vendor/vendor-outcome.ts'
import type { VendorOptions } from '../vendor/vendor-workspace.ts'

/** What may change when a workspace is opened again. */
export interface OpenChanges {
  readonly folder?: string
  readonly view?: TreeView | undefined
  readonly configuration?: string | undefined
  readonly pin?: string | undefined
  readonly kustomize?: undefined
}

/** How the workspace was opened. */
export interface Opening {
  /** The text of the configuration; undefined when there is none. */
  readonly configuration: string | undefined
  /** Opens it again with changes. */
  readonly open: (changes: OpenChanges) => Promise<WholeWorkspace>
}

/** What the calls of a workspace need of each other, and of a reopened workspace. */
export interface WholeWorkspace extends OpenedWorkspace {
  readonly golden: WorkspaceGolden
  explainer(name: string, options?: CallOptions): Promise<Explain>
  traced(name: string, options?: CallOptions): Promise<TracedRender>
  steps(rendered: Rendered, options: CallOptions): Promise<BuildCheck | undefined>
  side(): Promise<ReviewSide>
  kustomize(options?: CallOptions): Promise<Kustomize>
  vendor(options?: VendorOptions): Promise<VendorOutcome[]>
}

/** What a group of calls is made from. */
export interface Calls {
  readonly context: PipelineContext
  readonly opening: Opening
  /** The workspace that has the calls. */
  readonly own: () => WholeWorkspace
}

/** The options for opening the base of a change. */
export function baseOptions({ context, opening }: Calls, options: CallOptions): OpenBaseOptions {
  const { configuration, open } = opening
  return {
    ...options,
    configuration,
    memory: context.cache,
    repository: context.repository,
    open: async (folder, view, borrowed) => (await open({ folder, view, configuration: borrowed })).side(),
  }
}
