import { formatId, type Manifests } from '@overlay-render/golden'

import { Fault } from '@overlay-render/system'

import { ClusterFault } from '../cluster-fault.ts'
import type { Kubectl, KubectlAnswer } from '../kubectl.ts'
import { reasonFor } from '../kubectl-words.ts'
import { identityOf } from '../object-identity.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlanStep } from '../plan/plan-step.ts'
import { untilEstablished } from './until-established.ts'
import { applyArguments, doesSomething, STEP_WORDS } from '../plan/step-words.ts'
import { type WaitedRollout, waitForRollouts } from './wait-for-rollouts.ts'

/** Options of an apply. */
export interface ApplyOptions {
  /** Called before each step. */
  readonly onStep?: ((step: PlanStep) => void) | undefined
  /** Called after all steps, repeatedly, with the rollouts that have not ended. */
  readonly onWait?: ((left: readonly WaitedRollout[]) => void) | undefined
  /** Whether to wait until pods are replaced; true when absent. */
  readonly wait?: boolean | undefined
  /** Milliseconds to wait for rollouts without any progress; ten minutes when absent. */
  readonly timeout?: number | undefined
}

/** The steps of an apply that were done, and the rollouts that ended. */
export interface Applied {
  readonly done: readonly PlanStep[]
  readonly waitedFor: readonly PlanStep[]
}

/** The result of one step. */
export type StepResult = { readonly step: PlanStep; readonly refused: string | undefined }

const DEFAULT_TIMEOUT = 600_000
const AGAIN =
  'the finished steps are kept: correct the cause and run the command again, which continues there'

/**
 * Carries out the steps of a plan in order, then waits for rollouts. It stops at the first step that fails; another run with a new
 * plan continues there.
 *
 * @throws ClusterFault `step-failed`; its details list what was done and what was not
 */
export async function applyPlan(
  kubectl: Kubectl,
  plan: Plan,
  after: Manifests,
  options: ApplyOptions = {},
): Promise<Applied> {
  const { onStep, wait = true } = options
  const steps = plan.steps.filter(doesSomething)
  const done: PlanStep[] = []
  for (const step of steps) {
    onStep?.(step)
    const refused = await toldAs(step, { done, steps }, () => runStep(kubectl, step, after, plan.title))
    if (refused !== undefined) throw failed(step, refused, { done, steps })
    done.push(step)
  }
  const waitedFor = wait ? plan.steps.filter(({ waits }) => waits) : []
  await waitFor(kubectl, waitedFor, { done, steps }, options)
  return { done, waitedFor }
}

/** Waits for rollouts. @throws ClusterFault `step-failed` for the first one that fails */
async function waitFor(
  kubectl: Kubectl,
  rollouts: readonly PlanStep[],
  state: Progress,
  { onWait, timeout = DEFAULT_TIMEOUT }: ApplyOptions,
): Promise<void> {
  const [first] = rollouts
  if (first === undefined) return
  const failure = await toldAs(first, state, () => waitForRollouts(kubectl, rollouts, { timeout, onWait }))
  if (failure === undefined) return
  const { step, reason, left } = failure
  throw new ClusterFault({
    code: 'step-failed',
    message: `the rollout of ${formatId(step.id)} did not end: ${reason}`,
    details: [...stateLines(state.done, state.steps), ...rolloutLines(rollouts, left)],
    hint: AGAIN,
    blame: 'program',
  })
}

/** Reports a lost connection as a failed step, so that the finished steps are listed. */
async function toldAs<Result>(step: PlanStep, state: Progress, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'aborted') throw error
    throw failed(step, error.sentence, state)
  }
}

interface Progress {
  readonly done: readonly PlanStep[]
  readonly steps: readonly PlanStep[]
}

/** Carries out one step. Returns why the server refused it; undefined when it succeeded. */
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
      timeout: DEFAULT_TIMEOUT,
    })
    if (!removed.ok || step.action === 'prune') return reason(removed)
  }
  const input = after.find(step.id)?.text
  const force = step.apply === 'server' ? ['--force-conflicts'] : []
  const applied = await kubectl.run([...applyArguments(step, overlay), ...force, '--validate=strict'], {
    input,
  })
  if (!applied.ok || step.id.kind !== 'CustomResourceDefinition') return reason(applied)
  return untilEstablished(kubectl, step)
}

function identityText({ id }: PlanStep): string {
  return JSON.stringify(identityOf(id))
}

function failed(step: PlanStep, why: string, { done, steps }: Progress): ClusterFault {
  return new ClusterFault({
    code: 'step-failed',
    message: `${STEP_WORDS[step.action].will} ${formatId(step.id)} failed: ${why}`,
    details: stateLines(done, steps),
    hint: AGAIN,
    blame: 'program',
  })
}

/** The done and the remaining steps, a line for each. */
export function stateLines(done: readonly PlanStep[], steps: readonly PlanStep[]): string[] {
  const line = ({ action, id }: PlanStep, not: string): string =>
    `${not}${STEP_WORDS[action].done} ${formatId(id)}`
  return [
    ...done.map((step) => line(step, '')),
    ...steps.filter((step) => !done.includes(step)).map((step) => line(step, 'not ')),
  ]
}

/** The finished and the remaining rollouts, a line for each. */
export function rolloutLines(rollouts: readonly PlanStep[], left: readonly PlanStep[]): string[] {
  return rollouts.map((step) => `${left.includes(step) ? 'not rolled' : 'rolled'} out ${formatId(step.id)}`)
}
