import type { Finding, TreeView } from '@overlay-render/system'

import type { CheckPreparation } from '../check/check-preparation.ts'
import type { CheckScope } from '../check/check-scope.ts'
import type { OverlayFindings } from '../check/check-sources.ts'
import type { CheckOptions } from '../check/check-workspace.ts'
import type { FactOptions } from '../check/render-facts.ts'
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

/** A workspace before or after a change. */
export interface ReviewSide {
  /** The absolute real path of the workspace. */
  readonly folder: string
  readonly config: WorkspaceConfig
  readonly overlays: readonly Overlay[]
  readonly golden: WorkspaceGolden
  /** The top folder of the tree. Paths of the two sides are compared relative to it. */
  readonly boundary: string
  /** The files that a render with stub secrets can see. */
  view(): Promise<TreeView>
  /** The absolute paths of the files that git does not track but would; none in a revision. */
  added(signal?: AbortSignal): Promise<readonly string[]>
  /** Formats a path for messages. */
  shown(path: string): string
  observe(overlay: Overlay, options: CallOptions): Promise<OverlayInputs>
  renderAll(names: readonly string[], options: RenderAllOptions): Promise<RenderResult[]>
  /** What checks of overlays know before any of them is rendered. */
  prepareCheck(names: readonly string[], options: CheckOptions): Promise<CheckPreparation>
  /** The findings in overlays that were rendered, or failed to render. */
  check(
    results: readonly RenderResult[],
    options?: CheckOptions,
    prepared?: Promise<CheckPreparation>,
    scope?: CheckScope,
  ): Promise<OverlayFindings[]>
  /** Renders overlays as far as it takes to know what other overlays depend on: see `renderFacts`. */
  renderFacts(
    names: readonly string[],
    prepared: CheckPreparation,
    options: FactOptions,
  ): Promise<RenderResult[]>
  sharedFacts(results: readonly RenderResult[], prepared: CheckPreparation): Promise<SharedFacts>
  assertJobs(): Promise<Finding[]>
  /** The findings of the rules about Prow, and, if requested, of `checkconfig`. */
  checkProw(options: ProwCheckOptions): Promise<Finding[]>
  /** The accepted findings in the file of `check --write-baseline`. */
  baseline(): Promise<ReadonlySet<string>>
}

/** The workspace as it is opened. */
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
    added: (signal) => visible.added(signal),
    shown,
    observe: (overlay, options) => observeOverlay(context, overlay, options),
    renderAll: (names, options) => workspace.renderAll(names, options),
    prepareCheck: async (names, options) =>
      (await import('../check/check-preparation.ts')).prepareCheck(context, names, options),
    check: async (results, options, prepared, scope) =>
      (await import('../check/check-workspace.ts')).checkResults(context, results, options, prepared, scope),
    renderFacts: async (names, prepared, options) =>
      (await import('../check/render-facts.ts')).renderFacts(
        context,
        workspace,
        { names, prepared },
        options,
      ),
    sharedFacts: async (results, prepared) =>
      (await import('../check/shared-facts.ts')).readSharedFacts(context, results, prepared),
    assertJobs: async () => (await import('../check/assert-jobs.ts')).assertJobs(context, workspace),
    checkProw: async (options) => workspace.checkProw(options),
    baseline: async () =>
      (await import('../check/kept-baseline.ts')).readKeptBaseline(workspace, context.workspace),
  }
}

/** The workspace before a change, read from git's objects. */
export interface BaseSide extends ReviewSide {
  /** The full hash of the commit that the change started from. */
  readonly commit: string
  /** The revision as the user named it. */
  readonly revision: string
  /** Whether the commit has no valid configuration, so that the work tree's is used. */
  readonly borrowsConfiguration: boolean
  /** Whether git may convert files of the commit when it checks them out. */
  readonly convertsFiles: boolean
  /** The absolute paths of the files in git that the change affects, sorted; undefined when git cannot tell. */
  changedFiles(signal?: AbortSignal): Promise<string[] | undefined>
  /** Runs `work`, which reads files of the commit; runs it again when objects had to be fetched first. */
  settle<Result>(work: () => Promise<Result>): Promise<Result>
  dispose(): void
}
