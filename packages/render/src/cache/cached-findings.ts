import { digestOf, type Finding } from '@overlay-render/system'

import type { Overlay } from '../overlays.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { Rendered } from '../rendered.ts'
import { recipeKey } from './recipe.ts'

/**
 * The findings of a second build of a rendered overlay, from an earlier run where the tree gave the render the same answers. An
 * undefined result of `build` (it could not tell) is not kept.
 */
export async function cachedFindings(
  context: PipelineContext,
  overlay: Overlay,
  rendered: Rendered,
  rules: readonly string[],
  build: () => Promise<Finding[] | undefined>,
): Promise<Finding[] | undefined> {
  const { cache } = context
  if (cache === undefined || rendered.secrets === 'real') return build()
  const { kustomize, observations, manifests } = rendered
  const recipe = recipeKey({ kind: 'render', context, overlay, options: {}, kustomize, tool: cache.tool })
  return cache.remember(recipe, observations, ['findings', digestOf(manifests), ...rules], build)
}
