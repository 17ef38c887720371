import type { InputGraph } from '@overlay-render/kustomize'

/** What the sources of one overlay are: its kustomizations and the files that they name. */
export interface OverlaySources {
  readonly name: string
  /** The real path of its folder. */
  readonly folder: string
  readonly graph: InputGraph
}

/** What rules about kustomizations look at: the sources of every overlay, without a build. */
export interface SourceCheck {
  readonly overlays: readonly OverlaySources[]
}
