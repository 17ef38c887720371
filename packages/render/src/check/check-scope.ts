import type { Observation } from '@overlay-render/system'

import type { RenderResult } from '../rendered.ts'

/** The scope of a check that does not render all overlays of the workspace. */
export interface CheckScope {
  /** Overlays that are not rendered, with the observations of an earlier render of each. */
  readonly observed: ReadonlyMap<string, readonly Observation[]>
  /** The names of those of them whose sources are checked. */
  readonly sourcesOf: ReadonlySet<string>
  /** Whether findings that belong to no overlay are reported. */
  readonly ofNone: boolean
  /** Renders of other overlays, for the CustomResourceDefinitions in them. */
  readonly definers: readonly RenderResult[]
  /** Renders of other overlays, as `renderFacts` makes them, for the ConfigMaps that Prow creates from them. */
  readonly factsOf: () => Promise<readonly RenderResult[]>
}
