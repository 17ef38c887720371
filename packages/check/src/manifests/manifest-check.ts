import { type Manifests, parseManifests, type Resource, type ResourceId } from '@overlay-render/golden'
import type { ApiDocument, FieldPath } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { Example } from '../rule.ts'

/** An object that is created outside of the workspace. A `*` in its name or namespace matches any characters. */
export interface ProvidedObject {
  readonly kind: string
  readonly name: string
  /** Any namespace when absent. */
  readonly namespace?: string | undefined
}

/** The input of the rules about manifests: the objects of one overlay. */
export interface ManifestCheck {
  readonly overlay: string
  readonly manifests: Manifests
  /** The objects of `manifests`. */
  readonly resources: readonly Resource[]
  readonly provides: readonly ProvidedObject[]
  /** The kinds that the pinned kustomize or kubectl knows; undefined when unknown. */
  readonly api: ApiDocument | undefined
  /** The CustomResourceDefinitions that other overlays deploy to the same cluster. */
  readonly definitions: readonly Resource[]
  /**
   * The position at which the sources of the overlay define an object, or a field of it; undefined when unknown.
   *
   * @param nth which of several with the same identity, from 0; the last when absent
   */
  readonly sourceOf: (id: ResourceId, place?: FieldPath, nth?: number) => Position | undefined
}

/** An example of one overlay, given as manifests. */
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
