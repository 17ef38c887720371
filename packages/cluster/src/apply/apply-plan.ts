import { formatId, type Manifests } from '@overlay-render/golden'

import { ClusterFault } from '../cluster-fault.ts'
import type { Kubectl, KubectlAnswer } from '../kubectl.ts'
import { reasonFor } from '../kubectl-words.ts'
import { identityOf } from '../object-identity.ts'
import type { Plan, PlanStep } from '../plan/plan.ts'
import { applyArguments, doesSomething, STEP_WORDS } from '../plan/step-words.ts'

export interface ApplyOptions {
  /** Told before each step and each rollout that is waited for. */
  readonly onStep?: ((step: PlanStep, doing: 'apply' | 'wait') => void) | undefined
  /** Wait until pods are replaced; true when absent. */
  readonly wait?: boolean | undefined
  /** Milliseconds to wait for one rollout; ten minutes when absent. */
  readonly patience?: number | undefined
}

/** What an apply did. */
export interface Applied {
  readonly done: readonly PlanStep[]
  readonly waitedFor: readonly PlanStep[]
}

/** What became of one step. */
export type StepResult = { readonly step: PlanStep; readonly refused: string | undefined }

const PATIENCE = 600_000

/**
 * Does the steps of a plan in their order and then waits for rollouts. It stops at the first step that fails; running
 * it again with a new plan continues there.
 *
 * @throws ClusterFault `step-failed`, whose details say what was done and what was not
 */
export async function applyPlan(
  kubectl: Kubectl,
  plan: Plan,
  after: Manifests,
  options: ApplyOptions = {},
): Promise<Applied> {
  const { onStep, wait = true, patience = PATIENCE } = options
  const steps = plan.steps.filter(doesSomething)
  const done: PlanStep[] = []
  for (const step of steps) {
    onStep?.(step, 'apply')
    const refused = await runStep(kubectl, step, after, plan.title)
    if (refused !== undefined) throw failed(step, refused, done, steps)
    done.push(step)
  }
  const waitedFor = wait ? steps.filter(({ waits }) => waits) : []
  for (const step of waitedFor) {
    onStep?.(step, 'wait')
    const args = ['rollout', 'status', '-f', '-', `--timeout=${Math.round(patience / 1000)}s`]
    const answer = await kubectl.run(args, { input: identityText(step), timeout: patience + 30_000 })
    if (!answer.ok)
      throw failed(step, `its rollout did not end: ${reasonFor(answer.stderr, step.id.kind)}`, done, steps)
  }
  return { done, waitedFor }
}

/** Does one step. Returns why the server did not take it, or undefined. */
export async function runStep(
  kubectl: Kubectl,
  step: PlanStep,
  after: Manifests,
  overlay: string,
): Promise<string | undefined> {
  const reason = ({ ok, stderr }: KubectlAnswer): string | undefined =>
    ok ? undefined : reasonFor(stderr, step.id.kind)
  if (step.action === 'prune' || step.action === 'replace') {
    const removed = await kubectl.run(['delete', '-f', '-', '--ignore-not-found'], {
      input: identityText(step),
      timeout: PATIENCE,
    })
    if (!removed.ok || step.action === 'prune') return reason(removed)
  }
  const input = after.find(step.id)?.text
  const force = step.apply === 'server' ? ['--force-conflicts'] : []
  const applied = await kubectl.run([...applyArguments(step, overlay), ...force, '--validate=strict'], {
    input,
  })
  if (!applied.ok || step.id.kind !== 'CustomResourceDefinition') return reason(applied)
  return reason(
    await kubectl.run(['wait', '--for=condition=Established', '-f', '-', '--timeout=60s'], {
      input: identityText(step),
    }),
  )
}

function identityText({ id }: PlanStep): string {
  return JSON.stringify(identityOf(id))
}

function failed(
  step: PlanStep,
  why: string,
  done: readonly PlanStep[],
  steps: readonly PlanStep[],
): ClusterFault {
  const left = steps.filter((one) => !done.includes(one))
  const line = (one: PlanStep, words: string): string => `${words} ${formatId(one.id)}`
  return new ClusterFault({
    code: 'step-failed',
    message: `${STEP_WORDS[step.action].will} ${formatId(step.id)} failed: ${why}`,
    details: [
      ...done.map((one) => line(one, STEP_WORDS[one.action].done)),
      ...left.map((one) => line(one, `not ${STEP_WORDS[one.action].done}`)),
    ],
    hint: 'what was done stays; run it again when the cause is gone, and it continues there',
    blame: 'program',
  })
}
