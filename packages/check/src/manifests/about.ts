import { formatId, type Resource } from '@overlay-render/golden'
import type { FieldPath } from '@overlay-render/kustomize'
import type { Finding } from '@overlay-render/system'

import type { ManifestCheck } from './manifest-check.ts'
import { type NodePlace, placeIn } from './node-place.ts'

/** A finding about an object of a render, at the position where its sources define it. */
export function about(
  { sourceOf }: ManifestCheck,
  { id, value }: Resource,
  finding: Omit<Finding, 'position' | 'object'> & {
    readonly part?: string | undefined
    /** The field that it is about; the finding is at its position, if that is known. */
    readonly place?: FieldPath | undefined
    /** The same, from a node of the object. */
    readonly at?: NodePlace | undefined
  },
): Finding {
  const { part, place, at, ...rest } = finding
  const object = part === undefined ? formatId(id) : `${formatId(id)} ${part}`
  return { ...rest, object, position: sourceOf(id, at === undefined ? place : placeIn(value, at)) }
}
