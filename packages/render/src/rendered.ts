import type { RenderedConfig } from '@overlay-render/configs'
import { type Manifests, parseManifests, type Resource } from '@overlay-render/golden'
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
  /** The objects in them, parsed once, when first asked for: whatever compares a render takes these. */
  readonly objects: Manifests
  /** The same as a list. */
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

/** Adds the objects to a render, lazily. */
export function withObjects(rendered: Omit<Rendered, 'objects' | 'resources'>): Rendered {
  let parsed: Manifests | undefined
  return {
    ...rendered,
    get objects() {
      parsed ??= parseManifests(rendered.manifests, { file: `${rendered.overlay}/manifests.yaml` })
      return parsed
    },
    get resources() {
      return this.objects.resources
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
