import { formatId, type Resource } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { ManifestCheck } from './manifest-check.ts'

/** A finding about an object of a render, at the place where its sources define it. */
export function about(
  { sourceOf }: ManifestCheck,
  { id }: Resource,
  finding: Omit<Finding, 'position' | 'object'> & { readonly part?: string | undefined },
): Finding {
  const { part, ...rest } = finding
  const object = part === undefined ? formatId(id) : `${formatId(id)} ${part}`
  return { ...rest, object, position: sourceOf(id) }
}
