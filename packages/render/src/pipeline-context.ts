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

/** What the steps know of the workspace. */
export interface PipelineContext {
  /** The workspace's folder, an absolute real path. */
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly overlays: readonly Overlay[]
  readonly boundary: Boundary
  readonly visible: VisibleTree
  readonly environment: (name: string) => string | undefined
  /** A path as messages show it. */
  readonly shown: (path: string) => string
  /** What is kept of this workspace between runs; undefined when nothing is. */
  readonly cache: WorkspaceCache | undefined
  /** Digests of base configs that were found sound in this run. */
  readonly soundBases: Set<string>
  /** What renders templates. */
  readonly templates: SharedEngine
  /** The git repository around the workspace, opened once; undefined where there is none. */
  readonly repository: () => Promise<GitRepository | undefined>
  /** Finds the pinned kustomize, once for all overlays. */
  readonly pinned: (options: PinnedOptions) => Promise<PinnedKustomize>
  /** Copies that are not in the tree yet, while they are vendored. */
  readonly vendoring?: Vendoring | undefined
}

export interface RenderOptions extends CallOptions {
  /** The default is the workspace's. */
  readonly secrets?: SecretMode | undefined
  /** The default is the workspace's. */
  readonly print?: PrintMode | undefined
  /** How many overlays are being rendered at a time; a lone build may use more cores. */
  readonly jobs?: number | undefined
  /** `counted`: only the number of resources of each kind is wanted, so none need be parsed. */
  readonly resources?: 'parsed' | 'counted' | undefined
  /** Told once kustomize runs, for work that can be done while it does. */
  readonly onBuilding?: (() => void) | undefined
  /** Told when the output depends on the clock or on chance. */
  readonly onUnrepeatable?: (() => void) | undefined
}

export interface ProwCheckOptions extends CallOptions {
  /** Whether Prow's own `checkconfig` is asked, too. */
  readonly checkconfig?: boolean | undefined
}

export interface RenderAllOptions extends RenderOptions {
  readonly configsOnly?: boolean | undefined
}

export interface SecretOptions extends CallOptions {
  /**
   * Whether the secret files that templates make are made, in the stage of a render with real secrets, so that it is known that they
   * can be. Nothing is written to the tree.
   */
  readonly write?: boolean | undefined
}
