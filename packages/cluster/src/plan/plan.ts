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
  /** Objects that may be replaced, as they were named. */
  readonly replace: readonly string[]
  /** Whether the manifests hold real secrets or stubs. */
  readonly secrets: 'real' | 'stub'
  /** What keeps the plan from being applied, and what to know. */
  readonly findings: readonly ObjectFinding[]
  /** Changes when the manifests or the cluster do: a saved plan is compared by it. */
  readonly seal: PlanSeal
}

export interface PlanOptions {
  readonly title: string
  readonly context?: string | undefined
  readonly rules?: DiffRules | undefined
  /** Delete what is no longer in the manifests. */
  readonly prune?: boolean | undefined
  /** Objects to delete and create again when they change, as `KIND/NAME` or `KIND/NAMESPACE/NAME`. No other is replaced. */
  readonly replace?: readonly string[] | undefined
  /** What the manifests were rendered with; `stub` when absent. */
  readonly secrets?: 'real' | 'stub' | undefined
  /** What is in the cluster, and no longer in the manifests, beside what the comparison says. */
  readonly gone?: readonly GoneObject[] | undefined
  /** Objects whose rollout of an earlier apply has not ended, by `idKey`. */
  readonly unfinished?: ReadonlySet<string> | undefined
  /** Who owns a field that a change takes over. */
  readonly ownersAt?: OwnersAt | undefined
  /** Objects that could not be read, by `idKey`: whether applying changes them is not known. */
  readonly unread?: ReadonlySet<string> | undefined
  /** The salt of a saved plan, to compare the two. */
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

/** The cluster and the manifests, compared. */
export interface ComparedState {
  /** What the cluster has: of each object what the manifests speak of. */
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

/** A plan has one step for each object. */
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
