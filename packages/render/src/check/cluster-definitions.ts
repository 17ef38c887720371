import type { Resource } from '@overlay-render/golden'

import type { RenderResult } from '../rendered.ts'

/**
 * The CustomResourceDefinitions that other overlays deploy to the cluster of an overlay: overlays with the same context in
 * `prow.overlays`, and overlays without a context.
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
