import { setTimeout as pause } from 'node:timers/promises'

import type { ResourceId } from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { type LiveRead, liveKey, readLive } from '../live/read-live.ts'
import type { PlanStep } from '../plan/plan-step.ts'
import { rolloutState, type RolloutState } from './rollout-state.ts'

/** A rollout that has not ended, and what it waits for, in words for people. */
export interface WaitedRollout {
  readonly step: PlanStep
  readonly words: string
}

/** How to wait for rollouts. */
export interface WaitOptions {
  /** Milliseconds without any progress after which a rollout has failed. */
  readonly timeout: number
  /** Called after each look at the cluster. */
  readonly onWait?: ((left: readonly WaitedRollout[]) => void) | undefined
}

/** The rollout that failed, and why. */
export interface FailedRollout {
  readonly step: PlanStep
  readonly reason: string
  /** The steps whose rollouts had not ended, the failed one among them. */
  readonly left: readonly PlanStep[]
}

/** Milliseconds between two looks at the cluster. */
const INTERVAL = 1000

/**
 * Waits until the pods of every step are replaced. Returns the first rollout that failed; undefined when all ended.
 *
 * @throws ClusterFault `cluster-unreachable`, `context-unknown` or `kubectl-failed`
 */
export async function waitForRollouts(
  kubectl: Kubectl,
  steps: readonly PlanStep[],
  { timeout, onWait }: WaitOptions,
): Promise<FailedRollout | undefined> {
  let [left, seen, deadline] = [steps, '', performance.now() + timeout]
  while (left.length > 0) {
    const read = await readLive(kubectl, left)
    const states = left.map((step) => ({ step, state: stateIn(read, step.id) }))
    left = states.filter(({ state }) => state.kind !== 'ended').map(({ step }) => step)
    for (const { step, state } of states)
      if (state.kind === 'failed') return { step, reason: state.reason, left }
    const waiting = states.flatMap(({ step, state }) =>
      state.kind === 'waiting' ? [{ step, words: state.words }] : [],
    )
    onWait?.(waiting)
    const [first] = waiting
    if (first === undefined) return undefined
    const now = JSON.stringify(waiting)
    if (now !== seen) [seen, deadline] = [now, performance.now() + timeout]
    if (performance.now() > deadline)
      return { step: first.step, reason: `${first.words}, for ${seconds(timeout)}`, left }
    await pause(INTERVAL)
  }
  return undefined
}

function stateIn({ objects, unread }: LiveRead, id: ResourceId): RolloutState {
  const live = objects.get(liveKey(id))
  if (live !== undefined) return rolloutState(live)
  const reason = unread.find((one) => liveKey(one.id) === liveKey(id))?.reason
  return { kind: 'failed', reason: reason ?? 'it is no longer in the cluster' }
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} seconds`
}
