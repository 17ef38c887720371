import { isList, isMap, member, memberAt, type ValueMap } from '@overlay-render/golden'

/** The progress of a rollout. */
export type RolloutState =
  | { readonly kind: 'ended' }
  /** What is not done yet, such as `1 of 2 pods are updated`. */
  | { readonly kind: 'waiting'; readonly words: string }
  /** The controller gave up. */
  | { readonly kind: 'failed'; readonly reason: string }

const ENDED: RolloutState = { kind: 'ended' }
const waiting = (words: string): RolloutState => ({ kind: 'waiting', words })

/** The kinds whose pods are replaced after a change. */
const ROLLOUTS: ReadonlyMap<string, (live: Numbers) => RolloutState> = new Map([
  ['Deployment', deploymentState],
  ['StatefulSet', statefulSetState],
  ['DaemonSet', daemonSetState],
])

/** The state of a live object; `ended` for a kind without rollouts. Follows the rules of `kubectl rollout status`, v1.34. */
export function rolloutState(live: ValueMap): RolloutState {
  const stateOf = ROLLOUTS.get(String(memberAt(live, 'kind')))
  if (stateOf === undefined || strategyOf(live) === 'OnDelete') return ENDED
  const numbers = new Numbers(live)
  if (numbers.status('observedGeneration') < numbers.at('metadata', 'generation'))
    return waiting('its controller has not seen the change')
  return stateOf(numbers)
}

/** The numbers in a live object; absent ones are 0. */
class Numbers {
  readonly live: ValueMap

  constructor(live: ValueMap) {
    this.live = live
  }

  at(...path: string[]): number {
    return Number(memberAt(this.live, ...path) ?? 0)
  }

  status(field: string): number {
    return this.at('status', field)
  }
}

function strategyOf(live: ValueMap): unknown {
  return memberAt(live, 'spec', 'updateStrategy', 'type')
}

function deploymentState(numbers: Numbers): RolloutState {
  const [wanted, total] = [numbers.at('spec', 'replicas'), numbers.status('replicas')]
  const [updated, available] = [numbers.status('updatedReplicas'), numbers.status('availableReplicas')]
  const gaveUp = conditionOf(numbers.live, 'Progressing')
  if (gaveUp !== undefined && member(gaveUp, 'reason') === 'ProgressDeadlineExceeded')
    return {
      kind: 'failed',
      reason: String(member(gaveUp, 'message') ?? 'it exceeded its progress deadline'),
    }
  if (updated < wanted) return waiting(`${updated} of ${wanted} pods are updated`)
  if (total > updated) return waiting(`${total - updated} old pods have not ended`)
  if (available < updated) return waiting(`${available} of ${updated} updated pods are available`)
  return ENDED
}

function statefulSetState(numbers: Numbers): RolloutState {
  const wanted = numbers.at('spec', 'replicas')
  const first = numbers.at('spec', 'updateStrategy', 'rollingUpdate', 'partition')
  const [ready, updated] = [numbers.status('readyReplicas'), numbers.status('updatedReplicas')]
  if (ready < wanted) return waiting(`${ready} of ${wanted} pods are ready`)
  if (updated < wanted - first) return waiting(`${updated} of ${wanted - first} pods are updated`)
  return ENDED
}

function daemonSetState(numbers: Numbers): RolloutState {
  const wanted = numbers.status('desiredNumberScheduled')
  const [updated, available] = [numbers.status('updatedNumberScheduled'), numbers.status('numberAvailable')]
  if (updated < wanted) return waiting(`${updated} of ${wanted} pods are updated`)
  if (available < wanted) return waiting(`${available} of ${wanted} updated pods are available`)
  return ENDED
}

function conditionOf(live: ValueMap, type: string): ValueMap | undefined {
  const conditions = memberAt(live, 'status', 'conditions')
  for (const condition of isList(conditions) ? conditions : [])
    if (isMap(condition) && condition['type'] === type) return condition
  return undefined
}
