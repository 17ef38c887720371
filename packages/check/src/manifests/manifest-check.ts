import { type Manifests, parseManifests, type Resource, type ResourceId } from '@overlay-render/golden'
import type { ApiDocument, FieldPath } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { Example } from '../rule.ts'

/** An object that something else than the workspace creates. A `*` in its name or namespace matches any run of characters. */
export interface ProvidedObject {
  readonly kind: string
  readonly name: string
  /** Any namespace when absent. */
  readonly namespace?: string | undefined
}

/** What rules about rendered manifests look at: the objects of one overlay. */
export interface ManifestCheck {
  readonly overlay: string
  readonly manifests: Manifests
  /** The objects of `manifests`. */
  readonly resources: readonly Resource[]
  readonly provides: readonly ProvidedObject[]
  /** The kinds that the pinned kustomize or kubectl knows; undefined where there is none that tells. */
  readonly api: ApiDocument | undefined
  /** Definitions of custom resources that other overlays of the same cluster render. */
  readonly definitions: readonly Resource[]
  /**
   * Where the sources of the overlay define an object, or a field of it; undefined where that is not known.
   *
   * @param nth of several with one identity, from 0; the last when absent
   */
  readonly sourceOf: (id: ResourceId, place?: FieldPath, nth?: number) => Position | undefined
}

/** An input of one overlay, written as manifests. */
export function manifestExample(
  says: string,
  manifests: string,
  facts: Partial<Pick<ManifestCheck, 'provides' | 'api' | 'definitions'>> = {},
): Example<ManifestCheck> {
  return {
    says,
    input: () => {
      const parsed = parseManifests(manifests, { file: 'manifests.yaml' })
      return {
        overlay: 'example',
        manifests: parsed,
        resources: parsed.resources,
        provides: [],
        api: undefined,
        definitions: [],
        sourceOf: () => undefined,
        ...facts,
      }
    },
  }
}
