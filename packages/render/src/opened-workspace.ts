import type { ProwFiles } from '@overlay-render/prow'
import type { Tree } from '@overlay-render/system'

import type { WorkspaceGolden } from './golden-step.ts'
import type { Overlay } from './overlays.ts'
import type { RenderAllOptions, RenderOptions } from './pipeline-context.ts'
import type { Rendered, RenderedConfigs, RenderResult } from './rendered.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** What steps that work with a whole workspace, such as a comparison or a watch, need of it. `Workspace` implements it. */
export interface OpenedWorkspace {
  /** Its absolute real path. */
  readonly folder: string
  readonly config: WorkspaceConfig
  /** Sorted by name. */
  readonly overlays: readonly Overlay[]
  /** The real paths of the folders in which a commit may have added links; nothing is written through them. */
  readonly guarded: readonly string[]
  readonly golden: Pick<WorkspaceGolden, 'read'>
  overlay(name: string): Overlay
  render(name: string, options?: RenderOptions): Promise<Rendered>
  renderConfigs(name: string, options?: RenderOptions): Promise<RenderedConfigs>
  renderAll(names: readonly string[], options?: RenderAllOptions): Promise<RenderResult[]>
  prowFiles(side?: string): Promise<ProwFiles>
  /** The files that a render with stub secrets may read. */
  trackedTree(): Promise<Tree>
}
