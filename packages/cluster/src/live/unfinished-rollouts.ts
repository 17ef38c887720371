import { idKey, type Manifests } from '@overlay-render/golden'

import { rolloutState } from '../apply/rollout-state.ts'
import { type LiveRead, liveKey } from './read-live.ts'

/** The objects whose controller has not replaced all pods, by `idKey`. */
export function unfinishedRollouts({ resources }: Manifests, { objects }: LiveRead): ReadonlySet<string> {
  const unfinished = resources.filter(({ id }) => {
    const live = objects.get(liveKey(id))
    return live !== undefined && rolloutState(live).kind !== 'ended'
  })
  return new Set(unfinished.map(({ id }) => idKey(id)))
}
