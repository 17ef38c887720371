import type { Manifests } from '@overlay-render/golden'
import { Fault, openRepository } from '@overlay-render/system'

import { type ComparisonContext, readSide } from '../comparison.ts'
import type { CallOptions } from '../progress.ts'
import { findReviewed } from './reviewed-revision.ts'

/** The golden of an overlay. It tells an object that was deleted in the cluster from one that is new. */
export async function acceptedOf(
  { workspace }: ComparisonContext,
  overlay: string,
): Promise<Manifests | undefined> {
  return workspace.golden.read(overlay)
}

/**
 * The golden of an overlay. Without one, the render of the last reviewed commit, or of the last commit. Undefined when there is
 * none of these.
 */
export async function acceptedOrCommitted(
  steps: ComparisonContext,
  overlay: string,
  options: CallOptions,
): Promise<Manifests | undefined> {
  const golden = await acceptedOf(steps, overlay)
  if (golden !== undefined) return golden
  const repository = await openRepository(steps.workspace.folder, options.signal)
  if (repository === undefined) return undefined
  const reviewed = await findReviewed(repository, options.signal)
  try {
    return await readSide(steps, `${reviewed?.commit ?? 'HEAD'}:${overlay}`, options)
  } catch (error) {
    // The overlay does not exist at that commit, or cannot be rendered there.
    if (error instanceof Fault && error.code !== 'aborted') return undefined
    throw error
  }
}
