import type { RenderedConfig } from '@overlay-render/configs'
import { parseManifests, type Resource } from '@overlay-render/golden'
import type { Kustomize } from '@overlay-render/kustomize'

import type { SecretMode } from './workspace-config.ts'

/** Something that a render did although a person may not want it, in one sentence. */
export interface Warning {
  readonly message: string
  /** Relative to the workspace. */
  readonly file?: string | undefined
}

/** The configs of one overlay, patched or copied. */
export interface RenderedConfigs {
  readonly overlay: string
  readonly configs: readonly RenderedConfig[]
  readonly warnings: readonly Warning[]
  /** Absolute paths of the files that were read, and of those whose absence decided something, sorted. */
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
  /** The secret files that stubs stood for, relative to the workspace, sorted. */
  readonly stubbed: readonly string[]
  readonly kustomize: Kustomize
}

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

export type { RenderedConfig }
