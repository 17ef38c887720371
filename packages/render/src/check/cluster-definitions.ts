import type { Resource } from '@overlay-render/golden'

import type { RenderResult } from '../rendered.ts'

/**
 * The CustomResourceDefinitions that reach the cluster of an overlay from other overlays: those of its own context, by
 * `prow.overlays`, and those of overlays of which no context is known.
 */
export function clusterDefinitions(
  overlay: string,
  results: readonly RenderResult[],
  contexts: ReadonlyMap<string, string>,
): Resource[] {
  const context = contexts.get(overlay)
  return results.flatMap((result) => {
    const other = contexts.get(result.overlay)
    const isElsewhere = context !== undefined && other !== undefined && other !== context
    if (result.overlay === overlay || isElsewhere || !('rendered' in result)) return []
    const { rendered } = result
    return 'resources' in rendered
      ? rendered.resources.filter(({ id }) => id.kind === 'CustomResourceDefinition')
      : []
  })
}
