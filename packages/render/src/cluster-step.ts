import { join } from 'node:path'

import { askServer, compareLive, makePlan, openKubectl, type Plan, planOf } from '@overlay-render/cluster'
import { GoldenStore } from '@overlay-render/golden'

import type { CallOptions } from './progress.ts'
import { RenderFault } from './render-fault.ts'
import type { RenderOptions } from './pipeline.ts'
import type { Rendered } from './rendered.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** What a plan needs of a workspace. */
export interface PlanContext {
  readonly folder: string
  readonly config: WorkspaceConfig
  readonly overlay: (name: string) => { readonly name: string }
  readonly render: (name: string, options: RenderOptions) => Promise<Rendered>
}

export interface PlanCallOptions extends CallOptions {
  /** Ask the cluster; otherwise the golden stands for what it has. */
  readonly live?: boolean | undefined
  /** The context of the cluster; that of the overlay in `prow.overlays` when absent. */
  readonly context?: string | undefined
  readonly prune?: boolean | undefined
}

/**
 * What applying an overlay does, in order: from the golden to the render, or from the cluster to the render, where each
 * step is asked of the server by dry run.
 *
 * @throws RenderFault `context-missing` when no cluster is named, `comparison-unknown` without a golden; ClusterFault
 */
export async function planOverlay(
  workspace: PlanContext,
  name: string,
  options: PlanCallOptions,
): Promise<Plan> {
  const { config, folder } = workspace
  const overlay = workspace.overlay(name).name
  const { rules, path, layout } = config.golden
  const { live = false, prune, signal } = options
  const golden = await new GoldenStore(join(folder, path), { layout, shown: path }).read(overlay)
  const rendered = await workspace.render(overlay, { ...options, secrets: 'stub' })
  const after = rendered.objects.named(overlay)
  if (!live) {
    if (golden === undefined) {
      throw new RenderFault({
        code: 'comparison-unknown',
        message: `overlay ${overlay} has no golden, which a plan without a cluster starts from`,
        hint: `make one with golden update ${overlay}, or ask the cluster`,
      })
    }
    return makePlan(golden, after, { title: overlay, rules, prune })
  }
  const context = contextOf(workspace, overlay, options.context)
  const kubectl = await openKubectl({ context, signal })
  const { diff, unread } = await compareLive(kubectl, after, { rules, withoutSecretValues: true })
  const plan = planOf(diff, after, { title: overlay, context, rules, prune })
  const unknown = unread.map(({ id, reason }) => ({
    rule: 'not-read',
    severity: 'warning' as const,
    message: `${id.kind} ${id.name} cannot be read, so nothing is known of it: ${reason}`,
  }))
  return { ...plan, findings: [...plan.findings, ...unknown, ...(await askServer(kubectl, plan, after))] }
}

/** Never the current context: which cluster that is depends on what was done last. */
function contextOf(workspace: PlanContext, overlay: string, given: string | undefined): string {
  const context = given ?? workspace.config.prow.overlays.get(overlay)
  if (context !== undefined) return context
  throw new RenderFault({
    code: 'context-missing',
    message: `no cluster is named for overlay ${overlay}`,
    hint: `name a context, or set prow.overlays.${overlay} in overlay-render.yaml`,
  })
}
