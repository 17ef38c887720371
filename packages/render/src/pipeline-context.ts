import type { PrintMode } from '@overlay-render/configs'
import type { GitRepository } from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import type { WorkspaceCache } from './cache/workspace-cache.ts'
import type { Overlay } from './overlays.ts'
import type { PinnedKustomize, PinnedOptions } from './pinned-kustomize.ts'
import type { CallOptions } from './progress.ts'
import type { SharedEngine } from './templates/shared-engine.ts'
import type { Vendoring } from './vendor/chart-step.ts'
import type { VisibleTree } from './visible-tree.ts'
import type { SecretMode, WorkspaceConfig } from './workspace-config.ts'

/** What every step of the pipeline knows of the workspace. */
export interface PipelineContext {
  /** The absolute real path of the workspace. */
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly overlays: readonly Overlay[]
  readonly boundary: Boundary
  readonly visible: VisibleTree
  readonly environment: (name: string) => string | undefined
  /** Formats a path for messages. */
  readonly shown: (path: string) => string
  /** The cache of this workspace; undefined when nothing is kept. */
  readonly cache: WorkspaceCache | undefined
  /** The digests of the base configs that were found valid in this run. */
  readonly validBases: Set<string>
  /** The template engine that all renders share. */
  readonly templates: SharedEngine
  /** The git repository around the workspace, opened once; undefined where there is none. */
  readonly repository: () => Promise<GitRepository | undefined>
  /** Finds the pinned kustomize, once for all overlays. */
  readonly pinned: (options: PinnedOptions) => Promise<PinnedKustomize>
  /** Vendored copies that are still being made and not in the tree yet. */
  readonly vendoring?: Vendoring | undefined
}

/** Options of a render. */
export interface RenderOptions extends CallOptions {
  /** The setting of the workspace when absent. */
  readonly secrets?: SecretMode | undefined
  /** The setting of the workspace when absent. */
  readonly print?: PrintMode | undefined
  /** How many overlays are rendered at the same time; a single build may use more cores. */
  readonly jobs?: number | undefined
  /** `counted` when only the number of resources of each kind is needed, so that they are not parsed. */
  readonly resources?: 'parsed' | 'counted' | undefined
  /** Called when kustomize has started, for work that can be done meanwhile. */
  readonly onBuilding?: (() => void) | undefined
  /** Called when the output depends on the clock or on random values. */
  readonly onUnrepeatable?: (() => void) | undefined
}

/** Options of a check of Prow's configuration. */
export interface ProwCheckOptions extends CallOptions {
  /** Whether Prow's own `checkconfig` runs, too. */
  readonly checkconfig?: boolean | undefined
  /** A git revision: only findings that its merge base with the work tree does not have are reported. */
  readonly base?: string | undefined
}

/** Options of a render of several overlays. */
export interface RenderAllOptions extends RenderOptions {
  readonly configsOnly?: boolean | undefined
}

/** Options of a list of secret files. */
export interface SecretOptions extends CallOptions {
  /**
   * Whether to make the secret files of templates in a stage with real secrets, to verify that this works. Nothing is written to
   * the tree.
   */
  readonly write?: boolean | undefined
}
