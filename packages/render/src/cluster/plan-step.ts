import {
  askServer,
  compareLive,
  findGone,
  type Kubectl,
  makePlan,
  type ObjectFinding,
  type Plan,
  planOf,
  unreadFindings,
} from '@overlay-render/cluster'
import { idKey, type Manifests } from '@overlay-render/golden'

import type { CallOptions } from '../progress.ts'
import { RenderFault } from '../render-fault.ts'
import { ENV_STUB_KEY } from '../stub-secrets.ts'
import type { SecretMode } from '../workspace-config.ts'
import { openOverlayCluster } from './cluster-context.ts'
import type { ClusterSteps } from './cluster-steps.ts'
import { acceptedOf } from './accepted.ts'
import { atSource } from './source-findings.ts'

/** Options of a plan. */
export interface PlanCallOptions extends CallOptions {
  /** Compare with the cluster; by default with the golden. */
  readonly live?: boolean | undefined
  /** The context of the cluster; that of the overlay in `prow.overlays` when absent. */
  readonly context?: string | undefined
  /** Delete what is no longer rendered. */
  readonly prune?: boolean | undefined
  /** Objects to delete and create again when they change, as `KIND/NAME` or `KIND/NAMESPACE/NAME`. */
  readonly replace?: readonly string[] | undefined
  /** The secrets of the render for a cluster; the workspace's setting when absent. */
  readonly secrets?: SecretMode | undefined
  /** The salt of the saved plan that this one is compared with. */
  readonly salt?: string | undefined
}

/** A plan for a cluster, and what is needed to carry it out. */
export interface LivePlan {
  readonly plan: Plan
  readonly kubectl: Kubectl
  /** The manifests to apply; with real secrets they contain secret values. */
  readonly manifests: Manifests
}

/**
 * What applying an overlay would do, in order: from the golden to the render, or from the cluster to the render, where each step is
 * a dry run on the server.
 *
 * @throws RenderFault `context-missing`, `context-unreviewed`, `comparison-unknown` without a golden; ClusterFault
 */
export async function planOverlay(
  steps: ClusterSteps,
  name: string,
  options: PlanCallOptions,
): Promise<Plan> {
  if (options.live ?? options.context !== undefined) return (await planLive(steps, name, options)).plan
  const { workspace } = steps
  const overlay = workspace.overlay(name).name
  const golden = await acceptedOf(steps, overlay)
  if (golden === undefined) {
    throw new RenderFault({
      code: 'comparison-unknown',
      message: `overlay ${overlay} has no golden, which a plan without a cluster needs`,
      hint: `make one with golden update ${overlay}, or ask the cluster`,
    })
  }
  const rendered = await workspace.render(overlay, { ...options, secrets: 'stub' })
  const after = rendered.objects.named(overlay)
  const plan = makePlan(golden, after, {
    title: overlay,
    rules: workspace.config.golden.rules,
    prune: options.prune,
    replace: options.replace,
  })
  return { ...plan, findings: await atSource(steps, overlay, plan.findings, options) }
}

/** The plan for the cluster of an overlay; each step is a dry run on the server. */
export async function planLive(
  steps: ClusterSteps,
  name: string,
  options: PlanCallOptions,
): Promise<LivePlan> {
  const { workspace } = steps
  const overlay = workspace.overlay(name).name
  const { rules } = workspace.config.golden
  const kubectl = await openOverlayCluster(steps, overlay, options.context, options)
  const rendered = await workspace.render(overlay, options)
  const manifests = rendered.objects.named(overlay)
  const accepted = await acceptedOf(steps, overlay)
  options.onProgress?.({ overlay, step: 'compare' })
  const live = await compareLive(kubectl, manifests, {
    rules,
    stubs: rendered.secrets === 'stub' ? { unknownKeys: ENV_STUB_KEY } : undefined,
    extras: [],
  })
  const gone = await findGone(kubectl, manifests, { overlay, accepted, search: options.prune ?? false })
  const plan = planOf(
    { diff: live.diff, ...live.sides },
    {
      title: overlay,
      context: kubectl.context,
      rules,
      prune: options.prune,
      replace: options.replace,
      secrets: rendered.secrets,
      gone,
      unfinished: live.unfinished,
      ownersAt: live.ownersAt,
      unread: new Set(live.unread.filter(({ kindUnknown }) => !kindUnknown).map(({ id }) => idKey(id))),
      salt: options.salt,
    },
  )
  options.onProgress?.({ overlay, step: 'ask' })
  const said = await askServer(kubectl, plan, manifests)
  options.onProgress?.({ overlay, step: 'done' })
  const findings = onePerObject([...plan.findings, ...unreadFindings(live.unread, manifests), ...said])
  return {
    plan: { ...plan, findings: await atSource(steps, overlay, findings, options) },
    kubectl,
    manifests,
  }
}

/** A problem that both the rules and the server report is shown once, in the words of the rules. */
function onePerObject(findings: readonly ObjectFinding[]): ObjectFinding[] {
  const refused = new Set<string>()
  return findings.filter(({ rule, id, path }) => {
    if ((rule !== 'refused-by-server' && rule !== 'kind-unknown') || id === undefined) return true
    // An object without a definition is refused for that reason alone.
    if (refused.has(idKey(id))) return false
    const key = rule === 'kind-unknown' ? idKey(id) : `${idKey(id)}\n${path ?? ''}`
    if (refused.has(key)) return false
    refused.add(key)
    return true
  })
}
