import { idKey, type Manifests, memberAt, type ValueMap } from '@overlay-render/golden'

import { type LiveRead, liveKey } from './read-live.ts'

const ROLLOUTS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/** The objects, by `idKey`, whose controller has not taken up their last change, or has not replaced all pods. */
export function unfinishedRollouts({ resources }: Manifests, { objects }: LiveRead): ReadonlySet<string> {
  const unfinished = resources.filter(({ id }) => {
    const live = ROLLOUTS.has(id.kind) ? objects.get(liveKey(id)) : undefined
    return live !== undefined && isUnfinished(live)
  })
  return new Set(unfinished.map(({ id }) => idKey(id)))
}

function isUnfinished(live: ValueMap): boolean {
  const number = (...path: string[]): number => Number(memberAt(live, ...path) ?? 0)
  if (number('status', 'observedGeneration') < number('metadata', 'generation')) return true
  const isDaemon = memberAt(live, 'kind') === 'DaemonSet'
  const wanted = isDaemon ? number('status', 'desiredNumberScheduled') : number('spec', 'replicas')
  const updated = isDaemon ? number('status', 'updatedNumberScheduled') : number('status', 'updatedReplicas')
  return updated < wanted
}
