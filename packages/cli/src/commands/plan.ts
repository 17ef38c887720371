import { formatPlan, planJson, planScript } from '@overlay-render/cluster'

import { type CommandContext, openContextWorkspace } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { startProgress } from '../progress-line.ts'

export interface PlanFlags {
  readonly live?: boolean
  readonly context?: string
  readonly prune?: boolean
  readonly shell?: boolean
}

/** Shows what applying an overlay does. Exits 1 when the server refuses a step. */
export async function planCommand(context: CommandContext, flags: PlanFlags, name: string): Promise<number> {
  const { terminal } = context
  const workspace = await openContextWorkspace(context)
  const progress = startProgress(terminal)
  const live = flags.live ?? flags.context !== undefined
  const plan = await workspace
    .plan(name, { live, context: flags.context, prune: flags.prune, onProgress: progress.onProgress })
    .finally(() => progress.stop())
  const script = (): string => planScript(plan, `rendered/${plan.title}/manifests.yaml`)
  terminal.stdout.write(terminal.json ? planJson(plan) : flags.shell ? script() : formatPlan(plan))
  return plan.findings.some(({ severity }) => severity === 'error') ? ExitStatus.difference : ExitStatus.fine
}
