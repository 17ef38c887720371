import type { ManifestDiff, ResourceChange } from '../diff/change.ts'
import { compareIds, groupOf, type ResourceId } from '../resources/resource-id.ts'
import { memberAt, type ValueMap } from '../resources/value.ts'
import { OBJECT_CHECKS } from './object-checks.ts'
import { type GroupKind, isAbout, refusedField } from './refused-update.ts'
import { rolloutTrigger } from './rollout-trigger.ts'

/** A side effect of applying the new manifests to a cluster with the old ones. */
export interface Effect {
  readonly kind:
    /** Running pods are replaced. */
    | 'pods-roll'
    /** The API server rejects the change: the object must be recreated, or is invalid. */
    | 'refused'
    /** The object is no longer in the manifests, but `kubectl apply` leaves it in the cluster. */
    | 'not-pruned'
    /** The copy of the object that client-side apply stores in an annotation would be too large. */
    | 'needs-server-side-apply'
    /** Other objects need this new one. */
    | 'comes-first'
  readonly id: ResourceId
  /** Why, in a few words. */
  readonly reason: string
  /** How to fix a rejected change: delete and create the object again, or correct the manifest. */
  readonly cure?: 'replace' | 'correct'
}

/** The API server's limit for all annotations of an object together, in bytes. */
const ANNOTATION_LIMIT = 262_144
/** The API server's limit for the values of a ConfigMap or a Secret, in bytes. */
const DATA_LIMIT = 1_048_576

const EFFECT_ORDER: readonly Effect['kind'][] = [
  'refused',
  'comes-first',
  'needs-server-side-apply',
  'not-pruned',
  'pods-roll',
]

/** Headings of reports, by kind of effect. */
export const EFFECT_TITLES: Readonly<Record<Effect['kind'], string>> = {
  refused: 'Rejected by the API server',
  'comes-first': 'Must come first',
  'needs-server-side-apply': 'Needs server-side apply',
  'not-pruned': 'Stays in the cluster until deleted by hand',
  'pods-roll': 'Pods roll',
}

/** Derives the effects of applying from the manifests alone, the most urgent first. */
export function effects(diff: ManifestDiff): Effect[] {
  const found = diff.resources.flatMap((change) => [
    ...refusedOrRolls(change),
    ...notPruned(change, diff.resources),
    ...comesFirst(change, diff.resources),
  ])
  return found.sort(
    (a, b) => EFFECT_ORDER.indexOf(a.kind) - EFFECT_ORDER.indexOf(b.kind) || compareIds(a.id, b.id),
  )
}

/** The object that an apply updates: in the cluster, its identity has no API version. */
function updated({ id, previousId, before }: ResourceChange): ResourceChange['before'] {
  if (previousId === undefined) return before
  const same =
    groupOf(previousId.apiVersion) === groupOf(id.apiVersion) &&
    previousId.name === id.name &&
    previousId.namespace === id.namespace
  return same ? before : undefined
}

/** A rejected change has no other effect. */
function* refusedOrRolls(change: ResourceChange): Generator<Effect> {
  const { id, after, afterSize } = change
  const refused = refusal(change)
  if (refused !== undefined) {
    yield { kind: 'refused', id, ...refused }
    return
  }
  if (afterSize !== undefined && afterSize > ANNOTATION_LIMIT) {
    const reason = `with the copy that kubectl apply stores, its annotations are ${afterSize} bytes, over the limit of ${ANNOTATION_LIMIT}`
    yield { kind: 'needs-server-side-apply', id, reason }
  }
  const before = updated(change)
  if (before === undefined || after === undefined || groupOf(id.apiVersion) !== 'apps') return
  const place = rolloutTrigger(id.kind, before, after)
  if (place !== undefined) yield { kind: 'pods-roll', id, reason: `${place} changes` }
}

function refusal(change: ResourceChange): Pick<Effect, 'reason' | 'cure'> | undefined {
  const { id, after, afterDataSize } = change
  if (after === undefined) return undefined
  const of = { group: groupOf(id.apiVersion), kind: id.kind }
  if (afterDataSize !== undefined && afterDataSize > DATA_LIMIT && isAbout(DATA_KINDS, of)) {
    const reason = `its data is ${afterDataSize} bytes, over the limit of ${DATA_LIMIT}`
    return { reason, cure: 'correct' }
  }
  const before = updated(change)
  const wrong = checked(of, after, before)
  const reason = before === undefined ? wrong : (refusedField(of, before, after) ?? wrong)
  if (reason === undefined) return undefined
  // An invalid object stays invalid when it is recreated.
  const isInvalid = checked(of, after, undefined) !== undefined
  return {
    reason: isInvalid ? (wrong ?? reason) : reason,
    cure: isInvalid ? 'correct' : 'replace',
  }
}

function checked(of: GroupKind, after: ValueMap, before: ValueMap | undefined): string | undefined {
  for (const row of OBJECT_CHECKS) {
    const reason = isAbout(row, of) ? row.check(after, before) : undefined
    if (reason !== undefined) return reason
  }
  return undefined
}

const DATA_KINDS = { group: '', kinds: ['ConfigMap', 'Secret'] }

function* notPruned(change: ResourceChange, all: readonly ResourceChange[]): Generator<Effect> {
  const { id, previousId, kind } = change
  if (kind === 'removed') {
    const reason = `it is no longer in the manifests${alsoDeleted(change, all)}`
    yield { kind: 'not-pruned', id, reason }
  } else if (previousId !== undefined && updated(change) === undefined) {
    yield { kind: 'not-pruned', id: previousId, reason: whereTo(previousId, id) }
  }
}

function whereTo(from: ResourceId, to: ResourceId): string {
  if (from.namespace === to.namespace) return `it is now called ${to.name}`
  const place =
    to.namespace === '' ? 'it moves out of its namespace' : `it moves to namespace ${to.namespace}`
  return from.name === to.name ? place : `${place} and is now called ${to.name}`
}

/** What else is deleted with a Namespace or a CustomResourceDefinition, as the end of a sentence. */
function alsoDeleted(change: ResourceChange, all: readonly ResourceChange[]): string {
  const needs = neededBy(change.id.kind)
  if (needs === undefined) return ''
  const also = all.filter(
    (other) => other.kind === 'removed' && other !== change && needs(change, other.id),
  ).length
  const what =
    change.id.kind === 'Namespace'
      ? 'everything in it'
      : `every ${String(memberAt(change.before, 'spec', 'names', 'kind') ?? 'object')} in the cluster`
  return `; deleting it deletes ${what}${also === 0 ? '' : `, including ${also} of the removed resources`}`
}

type Needs = (needed: ResourceChange, other: ResourceId) => boolean

/** Whether another object depends on one of this kind. */
const NEEDED: Readonly<Record<string, Needs>> = {
  Namespace: (needed, other) => other.namespace === needed.id.name,
  CustomResourceDefinition: ({ before, after = before }, other) =>
    memberAt(after, 'spec', 'group') === groupOf(other.apiVersion) &&
    memberAt(after, 'spec', 'names', 'kind') === other.kind,
}

function neededBy(kind: string): Needs | undefined {
  return Object.hasOwn(NEEDED, kind) ? NEEDED[kind] : undefined
}

function* comesFirst(change: ResourceChange, all: readonly ResourceChange[]): Generator<Effect> {
  const needs = neededBy(change.id.kind)
  if (needs === undefined || change.kind !== 'added') return
  const count = all.filter(
    (other) => other.after !== undefined && other !== change && needs(change, other.id),
  ).length
  const reason =
    count === 0
      ? 'it is new'
      : `it is new, and ${count} of the changed resources ${count === 1 ? 'needs' : 'need'} it`
  yield { kind: 'comes-first', id: change.id, reason }
}
