import type { CheckFinding } from '@overlay-render/check'

import type { CheckOptions } from '../check/check-workspace.ts'
import type { CallOptions } from '../progress.ts'
import type { AffectedOverlays } from '../review/affected.ts'
import type { Review, ReviewOptions } from '../review/review.ts'
import { baseOptions, type Calls } from './calls.ts'

/** The effect of a change on a workspace, and the findings of the rules. */
export interface ReviewCalls {
  /**
   * The overlays whose output a change can affect: the differences between the work tree and its merge base with the git revision
   * `base`. Nothing is built.
   *
   * @throws RenderFault `revision-unknown`
   */
  affected(base: string, options?: CallOptions): Promise<AffectedOverlays>

  /**
   * The names of the overlays whose render or golden a change can affect, as for `affected`.
   *
   * @throws RenderFault `revision-unknown`
   */
  affectedGoldens(base: string, options?: CallOptions): Promise<string[]>

  /**
   * Everything that a reviewer of a change needs: each affected overlay on both sides, its golden, and new findings. Overlays are
   * rendered with stub secrets; nothing is written.
   *
   * @throws RenderFault `revision-unknown`
   */
  review(base: string, options?: ReviewOptions): Promise<Review>

  /**
   * The findings in patch scripts, kustomizations and manifests of overlays. An overlay that does not render is one finding; its
   * scripts are checked all the same.
   */
  check(names: readonly string[], options?: CheckOptions): Promise<CheckFinding[]>
}

/** @internal Makes the calls of `ReviewCalls`. */
export function reviewCalls(calls: Calls): ReviewCalls {
  const { context, own } = calls
  return {
    async affected(base, options = {}) {
      const { findAffected } = await import('../review/affected.ts')
      const { withBase } = await import('../review/base-side.ts')
      const after = await own().side()
      return withBase(context.workspace, base, baseOptions(calls, options), (before) =>
        before.settle(() => findAffected(before, after, options)),
      )
    },
    async affectedGoldens(base, options = {}) {
      const { findAffected } = await import('../review/affected.ts')
      const { addAffectedGoldens } = await import('../review/affected-goldens.ts')
      const { withBase } = await import('../review/base-side.ts')
      const after = await own().side()
      const { affected } = await withBase(context.workspace, base, baseOptions(calls, options), (before) =>
        before.settle(async () =>
          addAffectedGoldens(await findAffected(before, after, options), before, after),
        ),
      )
      return affected.filter(({ change }) => change !== 'removed').map(({ overlay }) => overlay)
    },
    async review(base, options = {}) {
      const after = await own().side()
      // git lists the files while the base is opened. A fault is told where the files are needed.
      after.view().catch(() => undefined)
      const { reviewChange } = await import('../review/review.ts')
      const { withBase } = await import('../review/base-side.ts')
      return withBase(context.workspace, base, baseOptions(calls, options), (before) =>
        reviewChange(before, after, options),
      )
    },
    async check(names, options = {}) {
      const { checkOverlays } = await import('../check/check-overlays.ts')
      const { base } = options
      if (base === undefined) return checkOverlays(context, own(), names, options)
      const { withBase } = await import('../review/base-side.ts')
      const { findNew } = await import('../check/find-new.ts')
      // An unknown revision is reported before anything is rendered.
      return withBase(context.workspace, base, baseOptions(calls, options), async (before) =>
        findNew(await checkOverlays(context, own(), names, options), before, names, options),
      )
    },
  }
}
