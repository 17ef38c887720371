import type { Manifests } from '@overlay-render/golden'
import { Fault, openRepository } from '@overlay-render/system'

import { type ComparisonContext, readSide } from '../comparison.ts'
import type { CallOptions } from '../progress.ts'
import { findReviewed } from './reviewed-revision.ts'

/** What a golden accepted, to tell an object that was deleted from one that is new. */
export async function acceptedOf(
  { workspace }: ComparisonContext,
  overlay: string,
): Promise<Manifests | undefined> {
  return workspace.golden.read(overlay)
}

/**
 * What a golden accepted; without one, what the last reviewed commit renders, or the last commit. Undefined where there
 * is neither.
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
    // The overlay is not there yet, or cannot be rendered there.
    if (error instanceof Fault && error.code !== 'aborted') return undefined
    throw error
  }
}
