import type { Observation } from '@overlay-render/system'

import type { RenderResult } from '../rendered.ts'

/** What a check is about, where it is not about all overlays of the workspace, each of them rendered. */
export interface CheckScope {
  /** Overlays that are not rendered, and what a render of each looks at. */
  readonly observed: ReadonlyMap<string, readonly Observation[]>
  /** Those of them, by name, whose sources are checked, and nothing else. */
  readonly sourcesOf: ReadonlySet<string>
  /** Whether findings of no overlay are reported. */
  readonly ofNone: boolean
  /** Renders of others for what they define. */
  readonly definers: readonly RenderResult[]
  /** Renders of others, without kustomize, for what Prow makes of their configs. */
  readonly configsOf: () => Promise<readonly RenderResult[]>
}
