import type { BuildCheck } from '@overlay-render/check'
import type { DeployTest, Plan } from '@overlay-render/cluster'
import type { ManifestDiff } from '@overlay-render/golden'

import type { ClusterSteps } from '../cluster/cluster-steps.ts'
import type { ApplyCallOptions, ApplyOutcome } from '../cluster/apply-step.ts'
import type { DeployTestCallOptions } from '../cluster/deploy-test-step.ts'
import type { LiveDiff, LiveDiffOptions } from '../cluster/live-comparison.ts'
import type { PlanCallOptions } from '../cluster/plan-step.ts'
import type { PinComparison } from '../pin-comparison.ts'
import type { CallOptions } from '../progress.ts'
import type { Rendered } from '../rendered.ts'
import { baseOptions, type Calls, type WholeWorkspace } from './calls.ts'

/** Comparisons of a workspace's sides, one of which may be a cluster, and applying the difference. */
export interface CompareCalls {
  /**
   * The differences between two sides. Each is an overlay, `golden:NAME`, `REV:NAME` (an overlay at a git revision) or a file
   * (`file:PATH` where a name is ambiguous). Overlays are rendered with stub secrets; the work tree is not changed.
   */
  diff(before: string, after: string, options?: CallOptions): Promise<ManifestDiff>

  /**
   * The differences between a cluster, `live:[CONTEXT:]OVERLAY`, and a side of `diff`. Changes of the side and changes made in the
   * cluster are separate. kubectl runs with the named context or that of the overlay.
   *
   * @throws RenderFault `context-missing`, `context-unreviewed`; ClusterFault
   */
  diffLive(before: string, after: string, options?: LiveDiffOptions): Promise<LiveDiff[]>

  /** What applying an overlay would do, in order, compared with the golden, or with `live` compared with the cluster. */
  plan(name: string, options?: PlanCallOptions): Promise<Plan>

  /**
   * Applies an overlay with its real secrets to its cluster: makes the plan, asks for confirmation, and carries out exactly that
   * plan.
   *
   * @throws ClusterFault `plan-outdated`, `plan-refused`, `step-failed`; RenderFault, see `plan`
   */
  apply(name: string, options: ApplyCallOptions): Promise<ApplyOutcome>

  /**
   * Tests whether a real API server accepts an overlay as an upgrade of the merge base with the git revision `base`, or as new when
   * absent. Overlays are rendered with stub secrets.
   *
   * @throws RenderFault `revision-unknown`; ClusterFault
   */
  deployTest(
    name: string,
    options?: DeployTestCallOptions & { readonly base?: string | undefined },
  ): Promise<DeployTest>

  /**
   * What the pin `after` would change in each overlay compared with the pin `before`, such as `4.5.4` and `kubectl:1.34.2`. All
   * overlays when none is named. Overlays are rendered with stub secrets; nothing is written.
   *
   * @throws KustomizeFault `pin-invalid`, and `pin-not-met` when one of the programs is missing
   */
  comparePins(
    before: string,
    after: string,
    names?: readonly string[],
    options?: CallOptions,
  ): Promise<PinComparison[]>

  /** @internal What each step of the build of a render did; undefined when that is unknown. */
  steps(rendered: Rendered, options: CallOptions): Promise<BuildCheck | undefined>
}

function clusterSteps({ context, opening, own }: Calls): ClusterSteps {
  const workspace = own()
  return {
    workspace,
    openAt: async (view) => opening.open({ view }),
    memory: context.cache,
    explainer: async (name, options) => workspace.explainer(name, options),
  }
}

/** @internal Makes the calls of `CompareCalls`. */
export function compareCalls(calls: Calls): CompareCalls {
  const { context, opening, own } = calls
  return {
    async diff(before, after, options = {}) {
      const { compareSides } = await import('../comparison.ts')
      return compareSides(clusterSteps(calls), before, after, options)
    },
    async diffLive(before, after, options = {}) {
      const { compareWithLive } = await import('../cluster/live-comparison.ts')
      return compareWithLive(clusterSteps(calls), before, after, options)
    },
    async plan(name, options = {}) {
      return (await import('../cluster/plan-step.ts')).planOverlay(clusterSteps(calls), name, options)
    },
    async apply(name, options) {
      return (await import('../cluster/apply-step.ts')).applyOverlay(clusterSteps(calls), name, options)
    },
    async deployTest(name, { base, ...options } = {}) {
      const { testDeploy } = await import('../cluster/deploy-test-step.ts')
      if (base === undefined) return testDeploy(clusterSteps(calls), name, undefined, options)
      const { withBase } = await import('../review/base-side.ts')
      return withBase(context.workspace, base, baseOptions(calls, options), (before) =>
        testDeploy(clusterSteps(calls), name, before, options),
      )
    },
    async comparePins(before, after, names = [], options = {}) {
      const chosen = names.length > 0 ? names.map((name) => own().overlay(name)) : context.overlays
      const overlays = chosen.map(({ name }) => name)
      const openWith = async (pin: string): Promise<WholeWorkspace> =>
        opening.open({ pin, kustomize: undefined })
      const { comparePins } = await import('../pin-comparison.ts')
      return comparePins(openWith, [before, after], overlays, options)
    },
    async steps(rendered, { signal }) {
      const { buildCheck, traceRendered } = await import('../check/build-checks.ts')
      const overlay = own().overlay(rendered.overlay)
      const traced = await traceRendered(context, overlay, rendered, { signal })
      return traced && buildCheck(context, overlay, traced)
    },
  }
}
