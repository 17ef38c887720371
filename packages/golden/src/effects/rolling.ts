import { memberAt, type ValueMap } from '../resources/value.ts'
import { firstDifference } from './first-difference.ts'

const ROLLING_KINDS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/**
 * The first place in the template of a workload for which its running pods are replaced; undefined when none is: the
 * template is the same to the API server, no pod runs, or the update strategy holds them back.
 */
export function rollingPlace(kind: string, before: ValueMap, after: ValueMap): string | undefined {
  if (!ROLLING_KINDS.has(kind) || holdsBack(kind, after)) return undefined
  if (kind !== 'DaemonSet' && Math.min(replicas(before), replicas(after)) === 0) return undefined
  // Deployments compare templates as values; the others compare the bytes of their revisions.
  return firstDifference(before, after, 'spec.template', { writtenQuantities: kind !== 'Deployment' })
}

function holdsBack(kind: string, after: ValueMap): boolean {
  if (kind === 'Deployment') return memberAt(after, 'spec', 'paused') === true
  if (memberAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete') return true
  const partition = memberAt(after, 'spec', 'updateStrategy', 'rollingUpdate', 'partition')
  return kind === 'StatefulSet' && typeof partition === 'number' && partition >= lastOrdinal(after)
}

/** One more than the highest number that a pod of a StatefulSet has. */
function lastOrdinal(set: ValueMap): number {
  const start = memberAt(set, 'spec', 'ordinals', 'start')
  return replicas(set) + (typeof start === 'number' ? start : 0)
}

function replicas(workload: ValueMap): number {
  const count = memberAt(workload, 'spec', 'replicas')
  return typeof count === 'number' ? count : 1
}
