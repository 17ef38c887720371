import { setTimeout as pause } from 'node:timers/promises'

import type { ResourceId } from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { type LiveRead, liveKey, readLive } from '../live/read-live.ts'
import type { PlanStep } from '../plan/plan-step.ts'
import { rolloutState, type RolloutState } from './rollout-state.ts'

/** A rollout that has not ended, with what is not as it should be yet. */
export interface WaitedRollout {
  readonly step: PlanStep
  readonly words: string
}

export interface WaitOptions {
  /** Milliseconds without any progress after which a rollout has failed. */
  readonly patience: number
  /** Told after each look at the cluster. */
  readonly onWait?: ((left: readonly WaitedRollout[]) => void) | undefined
}

/** What ended the waiting before all rollouts had. */
export interface FailedRollout {
  readonly step: PlanStep
  readonly reason: string
  /** All that had not ended, the failed one among them. */
  readonly left: readonly PlanStep[]
}

/** Milliseconds between two looks at the cluster. */
const PAUSE = 1000

/**
 * Waits until the pods of every step are replaced. Returns the first rollout that failed, or undefined.
 *
 * @throws ClusterFault when the cluster is lost
 */
export async function waitForRollouts(
  kubectl: Kubectl,
  steps: readonly PlanStep[],
  { patience, onWait }: WaitOptions,
): Promise<FailedRollout | undefined> {
  let [left, seen, deadline] = [steps, '', performance.now() + patience]
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
    if (now !== seen) [seen, deadline] = [now, performance.now() + patience]
    if (performance.now() > deadline)
      return { step: first.step, reason: `${first.words}, for ${seconds(patience)}`, left }
    await pause(PAUSE)
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
