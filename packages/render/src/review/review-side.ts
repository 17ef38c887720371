import type { Finding, TreeView } from '@overlay-render/system'

import type { CheckPreparation } from '../check/check-preparation.ts'
import type { CheckScope } from '../check/check-scope.ts'
import type { OverlayFindings } from '../check/check-sources.ts'
import type { CheckOptions } from '../check/check-workspace.ts'
import type { SharedFacts } from '../check/shared-facts.ts'
import type { WorkspaceGolden } from '../golden-step.ts'
import type { Overlay } from '../overlays.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { PipelineContext, ProwCheckOptions, RenderAllOptions } from '../pipeline-context.ts'
import type { OverlayInputs } from '../overlay-inputs.ts'
import { observeOverlay } from '../render-overlay.ts'
import type { CallOptions } from '../progress.ts'
import type { RenderResult } from '../rendered.ts'
import type { WorkspaceConfig } from '../workspace-config.ts'

/** One state of a workspace, before a change or after it. */
export interface ReviewSide {
  /** The workspace's folder, an absolute real path. */
  readonly folder: string
  readonly config: WorkspaceConfig
  readonly overlays: readonly Overlay[]
  readonly golden: WorkspaceGolden
  /** The top folder of the tree: paths of two sides are compared from here. */
  readonly boundary: string
  /** What a render with stub secrets may see of the tree. */
  view(): Promise<TreeView>
  /** A path as messages show it. */
  shown(path: string): string
  observe(overlay: Overlay, options: CallOptions): Promise<OverlayInputs>
  renderAll(names: readonly string[], options: RenderAllOptions): Promise<RenderResult[]>
  /** What checks of overlays know before any of them is rendered. */
  prepareCheck(names: readonly string[], options: CheckOptions): Promise<CheckPreparation>
  /** What the rules find in overlays that were rendered, or could not be. */
  check(
    results: readonly RenderResult[],
    options?: CheckOptions,
    prepared?: Promise<CheckPreparation>,
    scope?: CheckScope,
  ): Promise<OverlayFindings[]>
  sharedFacts(results: readonly RenderResult[], prepared: CheckPreparation): Promise<SharedFacts>
  assertJobs(): Promise<Finding[]>
  /** What the rules about Prow find, and, where it is asked for, `checkconfig`. */
  checkProw(options: ProwCheckOptions): Promise<Finding[]>
  /** What the file of `check --write-baseline` has. */
  baseline(): Promise<ReadonlySet<string>>
}

/** The state that a workspace is in. */
export function workTreeSide(
  context: PipelineContext,
  workspace: Pick<ReviewSide, 'golden' | 'renderAll' | 'checkProw'> &
    Pick<OpenedWorkspace, 'prowFiles' | 'trackedTree'>,
): ReviewSide {
  const { config, overlays, boundary, visible, shown } = context
  return {
    folder: context.workspace,
    config,
    overlays,
    golden: workspace.golden,
    boundary: boundary.anchor,
    view: () => visible.view('stub'),
    shown,
    observe: (overlay, options) => observeOverlay(context, overlay, options),
    renderAll: (names, options) => workspace.renderAll(names, options),
    prepareCheck: async (names, options) =>
      (await import('../check/check-preparation.ts')).prepareCheck(context, names, options),
    check: async (results, options, prepared, scope) =>
      (await import('../check/check-workspace.ts')).checkResults(context, results, options, prepared, scope),
    sharedFacts: async (results, prepared) =>
      (await import('../check/shared-facts.ts')).readSharedFacts(context, results, prepared),
    assertJobs: async () => (await import('../check/assert-jobs.ts')).assertJobs(context, workspace),
    checkProw: async (options) => workspace.checkProw(options),
    baseline: async () =>
      (await import('../check/kept-baseline.ts')).readKeptBaseline(workspace, context.workspace),
  }
}

/** The state before a change, read from git's objects. */
export interface BaseSide extends ReviewSide {
  /** The full hash of the commit that the change started from. */
  readonly commit: string
  /** The revision as it was given. */
  readonly revision: string
  /** Whether the commit has no valid configuration, so that the work tree's is used for it. */
  readonly borrowsConfiguration: boolean
  /** Does work that reads the files of the commit, again when some had to be fetched first. */
  settle<Result>(work: () => Promise<Result>): Promise<Result>
  dispose(): void
}
