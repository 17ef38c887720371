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

/** A folder with an `overlay-render.yaml`, or a tree of KubeVirt's shape. Open it with `openWorkspace`. */
export interface Workspace extends RenderCalls, ReviewCalls, CompareCalls, ExplainCalls, ProwCalls, PinCalls {
  /** Its absolute real path. */
  readonly folder: string
  readonly config: WorkspaceConfig
  /** Sorted by name. */
  readonly overlays: readonly Overlay[]
  readonly golden: WorkspaceGolden
  /** The real paths of the folders in which a commit may have added links; no output is written through such a link. */
  readonly guarded: readonly string[]
  /** Whether a folder of Prow jobs exists. */
  readonly hasJobs: boolean
  /** @internal This workspace as a side of a review. */
  side(): Promise<ReviewSide>
}

/** @internal Makes the workspace; the code of each call is loaded on use. */
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
