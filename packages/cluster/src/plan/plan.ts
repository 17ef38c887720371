import {
  compareIds,
  diffManifests,
  type DiffRules,
  duplicateFindings,
  type Effect,
  effects,
  idKey,
  type ManifestDiff,
  type Manifests,
  type ResourceChange,
  type ResourceId,
} from '@overlay-render/golden'

import { ClusterFault } from '../cluster-fault.ts'
import type { OwnersAt } from '../live/field-owners.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { findNamed } from './named-objects.ts'
import type { ObjectFinding } from './object-finding.ts'
import { rankOf } from './order.ts'
import type { PlanStep } from './plan-step.ts'
import { type PlanSeal, sealPlan } from './plan-seal.ts'
import { stepFindings, takeOvers } from './step-findings.ts'
import { isNew, lossOf, stepFor, stillRolling } from './step-for.ts'

/** What applying manifests does, in the order in which it is done. */
export interface Plan {
  /** The overlay. */
  readonly title: string
  /** The context of the cluster that was asked; undefined for a plan from two renders. */
  readonly context: string | undefined
  readonly steps: readonly PlanStep[]
  readonly prune: boolean
  /** The objects that may be replaced, as the user named them. */
  readonly replace: readonly string[]
  /** Whether the manifests hold real secrets or stubs. */
  readonly secrets: 'real' | 'stub'
  /** Errors, which keep the plan from being applied, and warnings. */
  readonly findings: readonly ObjectFinding[]
  /** Differs when the manifests or the cluster differ: a saved plan is compared by it. */
  readonly seal: PlanSeal
}

/** Options of a plan. */
export interface PlanOptions {
  readonly title: string
  readonly context?: string | undefined
  readonly rules?: DiffRules | undefined
  /** Whether to delete what is no longer in the manifests; false when absent. */
  readonly prune?: boolean | undefined
  /** The objects that may be deleted and created again, as `KIND/NAME` or `KIND/NAMESPACE/NAME`. No other is. */
  readonly replace?: readonly string[] | undefined
  /** Whether the manifests have real secrets; `stub` when absent. */
  readonly secrets?: 'real' | 'stub' | undefined
  /** More objects that are in the cluster and no longer in the manifests, in addition to those of the comparison. */
  readonly gone?: readonly GoneObject[] | undefined
  /** The objects with an unfinished rollout of an earlier apply, by `idKey`. */
  readonly unfinished?: ReadonlySet<string> | undefined
  /** The other managers that own a field. */
  readonly ownersAt?: OwnersAt | undefined
  /** The objects that could not be read, by `idKey`: whether applying changes them is unknown. */
  readonly unread?: ReadonlySet<string> | undefined
  /** The salt of the saved plan to compare with. */
  readonly salt?: string | undefined
}

/** An object that was applied, and is no longer in the manifests. */
export interface GoneObject {
  readonly id: ResourceId
  readonly reason: string
}

/**
 * What applying `after` to a cluster that has `before` does.
 *
 * @throws GoldenFault for manifests that are not YAML; ClusterFault `duplicate-identity`, `object-unknown`
 */
export function makePlan(before: Manifests, after: Manifests, options: PlanOptions): Plan {
  return planOf({ before, after, diff: diffManifests(before, after, options.rules) }, options)
}

/** A comparison of the cluster with the manifests. */
export interface ComparedState {
  /** The live objects, with the fields that the manifests set. */
  readonly before: Manifests
  readonly after: Manifests
  readonly diff: ManifestDiff
}

/** The plan that follows from a comparison of the cluster with the manifests. */
export function planOf({ before, after, diff }: ComparedState, options: PlanOptions): Plan {
  const { title, context, prune = false, gone = [], unfinished, unread } = options
  refuseDuplicates(after)
  const changes = new Map(diff.resources.map((change) => [idKey(change.id), change]))
  const found = groupEffects(effects(diff))
  const effectsOn = (id: ResourceId): readonly Effect[] => found.get(idKey(id)) ?? []
  const named = findNamed(options.replace ?? [], after)
  const knownOf = (id: ResourceId): { effects: readonly Effect[]; isNamed: boolean } => ({
    effects: effectsOn(id),
    isNamed: named.has(idKey(id)),
  })
  const steps = after.resources.map((resource): PlanStep => {
    const { id } = resource
    const step = stepFor(resource, { change: changes.get(idKey(id)), ...knownOf(id) })
    if (step.action !== 'leave') return step
    if (unread?.has(idKey(step.id))) return { ...step, action: 'change', reasons: ['it cannot be read'] }
    return unfinished?.has(idKey(step.id)) ? stillRolling(step) : step
  })
  const left = [...diff.resources.flatMap((change) => goneIn(change, effectsOn)), ...gone]
  const ordered = [
    ...steps.sort(byOrder),
    ...left.map((object) => goneStep(object, prune)).sort((a, b) => byOrder(b, a)),
  ]
  const findings = [
    ...after.resources.flatMap(duplicateKeys),
    ...ordered.flatMap((step) => stepFindings(step, after, knownOf(step.id))),
    ...ordered.flatMap((step) => takeOvers(step, changes.get(idKey(step.id)), after, options.ownersAt)),
  ]
  return {
    title,
    context,
    steps: ordered,
    prune,
    replace: options.replace ?? [],
    secrets: options.secrets ?? 'stub',
    findings,
    seal: sealPlan({ title, context, steps: ordered }, [before, after], options.salt),
  }
}

/** Refuses two objects with one identity: a plan has one step for each object. */
function refuseDuplicates(manifests: Manifests): void {
  const [duplicate] = duplicateFindings(manifests)
  if (duplicate === undefined) return
  throw new ClusterFault({
    code: 'duplicate-identity',
    message: `${duplicate.message}, and one object can be applied only once`,
    position: duplicate.position,
    hint: duplicate.hint,
  })
}

function groupEffects(all: readonly Effect[]): ReadonlyMap<string, Effect[]> {
  const groups = new Map<string, Effect[]>()
  for (const effect of all) {
    const key = idKey(effect.id)
    groups.set(key, [...(groups.get(key) ?? []), effect])
  }
  return groups
}

function byOrder(a: PlanStep, b: PlanStep): number {
  return rankOf(a.id) - rankOf(b.id) || compareIds(a.id, b.id)
}

function goneIn(change: ResourceChange, effectsOn: (id: ResourceId) => readonly Effect[]): GoneObject[] {
  const id = change.kind === 'removed' ? change.id : isNew(change) ? change.previousId : undefined
  if (id === undefined) return []
  const effect = effectsOn(id).find(({ kind }) => kind === 'not-pruned')
  return [{ id, reason: effect?.reason ?? 'it is no longer in the manifests' }]
}

function goneStep({ id, reason }: GoneObject, prune: boolean): PlanStep {
  const reasons = prune ? [reason, ...lossOf(id)] : [reason]
  return { id, action: prune ? 'prune' : 'keep', apply: 'client', reasons, waits: false }
}
