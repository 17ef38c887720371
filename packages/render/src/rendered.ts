import type { RenderedConfig } from '@overlay-render/configs'
import { parseManifests, type Resource } from '@overlay-render/golden'
import type { Kustomize } from '@overlay-render/kustomize'
import type { Fault, Finding, Observation } from '@overlay-render/system'

import type { SecretMode } from './workspace-config.ts'

/** The configs of one overlay, patched or copied. */
export interface RenderedConfigs {
  readonly overlay: string
  readonly configs: readonly RenderedConfig[]
  /** What a person may not want although it was rendered; files are relative to the workspace. */
  readonly warnings: readonly Finding[]
  /** Every question that the render asked of the tree, and its answer, sorted by path. */
  readonly observations: readonly Observation[]
  /** Absolute paths of the files, links and listed folders that were read, and of what was looked for in vain, sorted. */
  readonly inputs: readonly string[]
  /** Wall time in milliseconds. */
  readonly duration: number
}

/** One overlay, rendered. */
export interface Rendered extends RenderedConfigs {
  /** The bytes that kustomize printed. */
  readonly manifests: Uint8Array
  /** The objects in them, parsed when first asked for. */
  readonly resources: readonly Resource[]
  readonly secrets: SecretMode
  /** The files of generators that were replaced by stubs, relative to the workspace, sorted. */
  readonly stubbed: readonly string[]
  readonly kustomize: Kustomize
}

/** What became of one overlay of many. */
export type RenderResult =
  | { readonly overlay: string; readonly rendered: Rendered | RenderedConfigs }
  | { readonly overlay: string; readonly fault: Fault }

/** Adds the resources to a render, lazily. */
export function withResources(rendered: Omit<Rendered, 'resources'>): Rendered {
  let parsed: readonly Resource[] | undefined
  return {
    ...rendered,
    get resources() {
      parsed ??= parseManifests(rendered.manifests, { file: `${rendered.overlay}/manifests.yaml` }).resources
      return parsed
    },
  }
}

/** The paths of what was asked, without the folders that were only passed through. */
export function inputsOf(observations: readonly Observation[]): string[] {
  return observations
    .filter(
      ({ kind, digest, names }) =>
        kind === 'link' || kind === 'absent' || digest !== undefined || names !== undefined,
    )
    .map(({ path }) => path)
}

export type { RenderedConfig }
