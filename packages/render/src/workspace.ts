import { resolve } from 'node:path'

import { diskView, LinkFollower } from '@overlay-render/system'

import type { WorkspaceGolden } from './golden-step.ts'
import { laterGolden } from './later-golden.ts'
import type { Overlay } from './overlays.ts'
import type { PipelineContext } from './pipeline-context.ts'
import type { ReviewSide } from './review/review-side.ts'
import type { Calls, Opening } from './workspace/calls.ts'
import { type CompareCalls, compareCalls } from './workspace/compare-calls.ts'
import { type ExplainCalls, explainCalls } from './workspace/explain-calls.ts'
import { type PinCalls, pinCalls } from './workspace/pin-calls.ts'
import { type ProwCalls, prowCalls } from './workspace/prow-calls.ts'
import { type RenderCalls, renderCalls } from './workspace/render-calls.ts'
import { type ReviewCalls, reviewCalls } from './workspace/review-calls.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** A folder that holds `overlay-render.yaml`, or a tree of KubeVirt's shape. Opened by `openWorkspace`. */
export interface Workspace extends RenderCalls, ReviewCalls, CompareCalls, ExplainCalls, ProwCalls, PinCalls {
  /** Absolute real path. */
  readonly folder: string
  readonly config: WorkspaceConfig
  /** Sorted by name. */
  readonly overlays: readonly Overlay[]
  readonly golden: WorkspaceGolden
  /** Real paths of the folders in which a stranger may have laid links: no output is written through one of those. */
  readonly guarded: readonly string[]
  /** Whether a folder of Prow's jobs is there. */
  readonly hasJobs: boolean
  /** @internal The state that it is in, as a side of a review. */
  side(): Promise<ReviewSide>
}

/** @internal Each call is a function of the context, whose code is loaded when it is made. */
export function makeWorkspace(context: PipelineContext, opening: Opening): Workspace {
  const { workspace: folder, config, overlays, boundary } = context
  const calls: Calls = { context, opening, own: () => workspace }
  const workspace: Workspace = {
    folder,
    config,
    overlays,
    guarded: boundary.folders,
    golden: laterGolden(async () =>
      (await import('./golden-step.ts')).openGolden(context, (names, options) =>
        workspace.renderAll(names, options),
      ),
    ),
    get hasJobs() {
      return config.prow.jobs.some((path) => new LinkFollower(diskView).isFolder(resolve(folder, path)))
    },
    side: async () => (await import('./review/review-side.ts')).workTreeSide(context, workspace),
    ...renderCalls(calls),
    ...reviewCalls(calls),
    ...compareCalls(calls),
    ...explainCalls(calls),
    ...prowCalls(calls),
    ...pinCalls(calls),
  }
  return workspace
}
