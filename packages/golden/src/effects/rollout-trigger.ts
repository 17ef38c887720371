import { memberAt, type ValueMap } from '../resources/value.ts'
import { firstDifference } from './first-difference.ts'

const ROLLING_KINDS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/**
 * The first path in the pod template whose change triggers a rollout. Undefined when the template is the same for the API
 * server, no pod runs, or the update strategy prevents a rollout.
 */
export function rolloutTrigger(kind: string, before: ValueMap, after: ValueMap): string | undefined {
  if (!ROLLING_KINDS.has(kind) || isRolloutPaused(kind, after)) return undefined
  if (kind !== 'DaemonSet' && Math.min(replicas(before), replicas(after)) === 0) return undefined
  // Deployments compare templates by value; the others compare the bytes of their revisions.
  return firstDifference(before, after, 'spec.template', { writtenQuantities: kind !== 'Deployment' })
}

function isRolloutPaused(kind: string, after: ValueMap): boolean {
  if (kind === 'Deployment') return memberAt(after, 'spec', 'paused') === true
  if (memberAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete') return true
  const partition = memberAt(after, 'spec', 'updateStrategy', 'rollingUpdate', 'partition')
  return kind === 'StatefulSet' && typeof partition === 'number' && partition >= endOrdinal(after)
}

/** One more than the highest ordinal of a StatefulSet's pods. */
function endOrdinal(set: ValueMap): number {
  const start = memberAt(set, 'spec', 'ordinals', 'start')
  return replicas(set) + (typeof start === 'number' ? start : 0)
}

function replicas(workload: ValueMap): number {
  const count = memberAt(workload, 'spec', 'replicas')
  return typeof count === 'number' ? count : 1
}
