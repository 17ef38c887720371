import { type Kubectl, openKubectl } from '@overlay-render/cluster'
import { openRepository } from '@overlay-render/system'

import type { ComparisonContext } from '../comparison.ts'
import { atRevision, type PastOpener } from '../git-revision.ts'
import type { CallOptions } from '../progress.ts'
import { RenderFault } from '../render-fault.ts'
import { findReviewed } from './reviewed-revision.ts'

/**
 * The user's kubectl for the cluster of an overlay: with the context that the user names, or with the overlay's own.
 *
 * @throws RenderFault `context-missing`, `context-unreviewed`; ClusterFault
 */
export async function openOverlayCluster(
  steps: ComparisonContext,
  overlay: string,
  given: string | undefined,
  { signal }: CallOptions,
): Promise<Kubectl> {
  const context = given ?? (await ownContext(steps, overlay, signal))
  return openKubectl({ context, guarded: steps.workspace.guarded, signal })
}

/** Never the current context: that depends on what the user did last. */
async function ownContext(
  { workspace, ...past }: ComparisonContext,
  overlay: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const context = workspace.config.prow.overlays.get(overlay)
  if (context === undefined || context === '') {
    throw new RenderFault({
      code: 'context-missing',
      message: `no cluster is named for overlay ${overlay}`,
      hint: `name a context, or set prow.overlays.${overlay} in overlay-render.yaml`,
    })
  }
  const reviewed = await reviewedContext(workspace.folder, overlay, past, signal)
  if (reviewed === undefined || reviewed.context === context) return context
  const before =
    reviewed.context === undefined
      ? `${reviewed.revision} names none`
      : `${reviewed.revision} names ${reviewed.context}`
  throw new RenderFault({
    code: 'context-unreviewed',
    message: `overlay-render.yaml names the context ${context} for overlay ${overlay}, and ${before}: a change that is not merged does not choose the cluster`,
    hint: 'name the context yourself when it is the right one',
  })
}

interface ReviewedContext {
  readonly revision: string
  /** Undefined when the revision names none. */
  readonly context: string | undefined
}

/**
 * The context of an overlay in the last reviewed revision, since the work tree may be an unreviewed pull request. Undefined when
 * there is no reviewed revision: then the work tree is the user's own.
 */
async function reviewedContext(
  folder: string,
  overlay: string,
  past: PastOpener,
  signal: AbortSignal | undefined,
): Promise<ReviewedContext | undefined> {
  const repository = await openRepository(folder, signal)
  if (repository === undefined) return undefined
  const found = await findReviewed(repository, signal)
  if (found === undefined) return undefined
  try {
    const context = await atRevision(
      { repository, commit: found.commit },
      folder,
      past,
      (then) => Promise.resolve(then.config.prow.overlays.get(overlay)),
      signal,
    )
    return { revision: found.revision, context }
  } catch (error) {
    // The workspace does not exist at that revision, or cannot be opened there.
    if (error instanceof RenderFault) return { revision: found.revision, context: undefined }
    throw error
  }
}
