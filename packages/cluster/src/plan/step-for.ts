import {
  type Change,
  type Effect,
  formatPath,
  type Resource,
  type ResourceChange,
  type ResourceId,
} from '@overlay-render/golden'
import { listSome } from '@overlay-render/system'

import type { PlanStep } from './plan-step.ts'

/** Whether a change makes a new object: a new name or namespace does, and leaves the old object; another version of the API does not. */
export function isNew(change: ResourceChange): boolean {
  return (
    change.kind === 'added' ||
    (change.previousId !== undefined &&
      (change.previousId.name !== change.id.name || change.previousId.namespace !== change.id.namespace))
  )
}

/** The change of one object and its effects. */
interface Known {
  /** Undefined where the object is unchanged. */
  readonly change: ResourceChange | undefined
  readonly effects: readonly Effect[]
  /** Whether the user named the object to be replaced when it changes. */
  readonly isNamed: boolean
}

/** The step for one object of the manifests. */
export function stepFor({ id }: Resource, { change, effects: found, isNamed }: Known): PlanStep {
  if (change === undefined) return { id, action: 'leave', apply: 'client', reasons: [], waits: false }
  const refused = found.find((effect) => effect.kind === 'refused')
  const rolls = found.find((effect) => effect.kind === 'pods-roll')
  const isFresh = isNew(change)
  const action = isFresh ? 'create' : isNamed || refused?.cure === 'replace' ? 'replace' : 'change'
  const reasons = [
    ...(refused === undefined ? [] : [refused.reason]),
    ...(rolls === undefined ? [] : [`its pods are replaced: ${rolls.reason}`]),
    ...(action === 'replace' ? lossOf(id) : []),
    ...(action === 'change' && rolls === undefined ? changedPlaces(change.changes) : []),
  ]
  const apply = found.some((effect) => effect.kind === 'needs-server-side-apply') ? 'server' : 'client'
  const waits = rolls !== undefined || (ROLLOUTS.has(id.kind) && action !== 'change')
  return { id, action, apply, reasons, waits }
}

/** The step for an unchanged object whose pods are not all replaced yet. */
export function stillRolling(step: PlanStep): PlanStep {
  return { ...step, waits: true, reasons: ['its rollout has not ended'] }
}

const ROLLOUTS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])
const PLACES_SHOWN = 3

function changedPlaces(changes: readonly Change[]): string[] {
  if (changes.length === 0) return []
  const places = changes.slice(0, PLACES_SHOWN).map(({ path }) => formatPath(path))
  return [listSome(places, PLACES_SHOWN, changes.length)]
}

/** What is lost when an object of a kind is deleted. */
export function lossOf({ kind }: ResourceId): string[] {
  switch (kind) {
    case 'PersistentVolumeClaim':
      return ['deleting the claim may delete its data']
    case 'CustomResourceDefinition':
      return ['deleting the definition deletes every object of its kind']
    case 'Namespace':
      return ['deleting the namespace deletes everything in it']
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return ['its pods are deleted with it and start again']
    default:
      return []
  }
}
