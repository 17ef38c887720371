import { formatId } from '@overlay-render/golden'

import { managerOf } from '../live/managed-fields.ts'
import type { PlanStep, StepAction } from './plan-step.ts'

/** The verb of each action, and its past participle. */
export const STEP_WORDS: Readonly<Record<StepAction, { readonly will: string; readonly done: string }>> = {
  create: { will: 'create', done: 'created' },
  change: { will: 'change', done: 'changed' },
  replace: { will: 'replace', done: 'replaced' },
  leave: { will: 'leave', done: 'left' },
  keep: { will: 'keep', done: 'kept' },
  prune: { will: 'prune', done: 'pruned' },
}

/** Whether a step sends anything to the cluster. */
export function doesSomething({ action }: PlanStep): boolean {
  return action !== 'leave' && action !== 'keep'
}

/** The arguments of `kubectl apply` for a step of an overlay. */
export function applyArguments({ apply }: PlanStep, overlay: string): string[] {
  const mode = apply === 'server' ? ['--server-side'] : []
  return ['apply', ...mode, `--field-manager=${managerOf(overlay)}`, '-f', '-']
}

/** The arguments that name an object to kubectl: `deployment.apps/deck`, and `-n` with its namespace. */
export function kubectlName({ id }: PlanStep): string[] {
  const slash = id.apiVersion.indexOf('/')
  const group = slash < 0 ? '' : `.${id.apiVersion.slice(0, slash)}`
  return [`${id.kind.toLowerCase()}${group}/${id.name}`, ...(id.namespace === '' ? [] : ['-n', id.namespace])]
}

/** A step in one line, such as `change Deployment prow/deck (its pods are replaced: …)`. */
export function formatStep(step: PlanStep): string {
  const mode = step.apply === 'server' && doesSomething(step) ? ' by server-side apply' : ''
  const reasons = step.reasons.length === 0 ? '' : ` (${step.reasons.join('; ')})`
  return `${STEP_WORDS[step.action].will} ${formatId(step.id)}${mode}${reasons}`
}
