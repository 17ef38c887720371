import {
  type Applied,
  type ApplyOptions,
  applyPlan,
  ClusterFault,
  isSameSeal,
  type Plan,
  type SavedPlan,
} from '@overlay-render/cluster'
import { formatPosition } from '@overlay-render/system'

import type { CallOptions } from '../progress.ts'
import type { ClusterSteps } from './cluster-steps.ts'
import { type LivePlan, planLive } from './plan-step.ts'

/** Options of an apply. */
export interface ApplyCallOptions extends CallOptions, ApplyOptions {
  /** The context of the cluster; that of the saved plan, or of the overlay, when absent. */
  readonly context?: string | undefined
  /** Delete what is no longer rendered. */
  readonly prune?: boolean | undefined
  /** Objects to delete and create again when they change, as `KIND/NAME` or `KIND/NAMESPACE/NAME`. */
  readonly replace?: readonly string[] | undefined
  /** A plan that was shown before; nothing but its steps is done. */
  readonly saved?: SavedPlan | undefined
  /** Called with the plan. Nothing is applied when it returns false. */
  readonly confirm: (plan: Plan) => Promise<boolean>
}

/** The result of an apply; `applied` is undefined when it was not confirmed. */
export interface ApplyOutcome {
  readonly plan: Plan
  readonly applied: Applied | undefined
}

/**
 * Applies an overlay with its real secrets to its cluster: makes the plan, asks for confirmation, and carries out exactly that
 * plan.
 *
 * @throws ClusterFault `plan-outdated`, `plan-refused`, `step-failed`; RenderFault `secret-missing`, and those of `planLive`
 */
export async function applyOverlay(
  steps: ClusterSteps,
  name: string,
  { saved, confirm, onStep, onWait, wait, timeout, ...options }: ApplyCallOptions,
): Promise<ApplyOutcome> {
  const overlay = steps.workspace.overlay(name).name
  if (saved !== undefined) requireSamePlace(saved, overlay, options)
  const planned = await planLive(steps, overlay, {
    ...options,
    context: options.context ?? saved?.context,
    prune: saved?.prune ?? options.prune,
    replace: saved?.replace ?? options.replace,
    secrets: 'real',
    salt: saved?.seal.salt,
  })
  const { plan, kubectl, manifests } = planned
  if (saved !== undefined) requireUnchanged(saved, planned)
  requireNoErrors(plan)
  if (!(await confirm(plan))) return { plan, applied: undefined }
  return { plan, applied: await applyPlan(kubectl, plan, manifests, { onStep, onWait, wait, timeout }) }
}

function requireSamePlace(
  saved: SavedPlan,
  overlay: string,
  { context, prune, replace = [] }: Pick<ApplyCallOptions, 'context' | 'prune' | 'replace'>,
): void {
  const other =
    saved.overlay !== overlay
      ? `for overlay ${saved.overlay}, not ${overlay}`
      : context !== undefined && context !== saved.context
        ? `for context ${saved.context}, not ${context}`
        : prune === true && !saved.prune
          ? 'without pruning'
          : replace.some((name) => !saved.replace.includes(name))
            ? `without replacing ${replace.join(', ')}`
            : undefined
  if (other !== undefined) throw new ClusterFault({ code: 'plan-outdated', message: `the plan is ${other}` })
}

function requireUnchanged(saved: SavedPlan, { plan }: LivePlan): void {
  if (isSameSeal(saved.seal, plan.seal)) return
  throw new ClusterFault({
    code: 'plan-outdated',
    message: `the render of ${plan.title} or its cluster has changed since the plan was made`,
    hint: 'make a new plan, review it, and apply that one',
  })
}

function requireNoErrors({ title, findings }: Plan): void {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return
  throw new ClusterFault({
    code: 'plan-refused',
    message: `${title} cannot be applied as it is, and nothing was done`,
    details: errors.map(({ message, position }) =>
      position === undefined ? message : `${formatPosition(position)}: ${message}`,
    ),
    hint: errors.some(({ rule }) => rule === 'must-be-replaced')
      ? 'name each object that is to be deleted and created again'
      : undefined,
  })
}
