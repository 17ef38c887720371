import type { Change, ManifestDiff, Path, ResourceChange } from '../diff/change.ts'
import { formatPath } from '../diff/change.ts'
import { compareIds, groupOf, type ResourceId } from '../resources/resource-id.ts'
import { memberAt, type Value } from '../resources/value.ts'
import { IMMUTABLE_FIELDS, type ImmutableFields } from './immutable-fields.ts'
import { isSmallerQuantity } from './quantity.ts'

/** What applying the new manifests to a cluster that has the old ones does beyond changing the objects. */
export interface Effect {
  readonly kind:
    /** Pods are replaced by new ones. */
    | 'pods-roll'
    /** The API server refuses the change: the object has to be deleted and made anew. */
    | 'refused'
    /** The object is gone from the manifests, but `kubectl apply` leaves it in the cluster. */
    | 'not-pruned'
    /** Client-side apply keeps a copy of the object in an annotation, which has a limit. */
    | 'needs-server-side-apply'
    /** Other new objects need this one to be there. */
    | 'comes-first'
  readonly id: ResourceId
  /** Why, in a few words. */
  readonly reason: string
}

/** The API server's limit for all annotations of an object together, in bytes. */
const ANNOTATION_LIMIT = 262_144

const EFFECT_ORDER: readonly Effect['kind'][] = [
  'refused',
  'comes-first',
  'needs-server-side-apply',
  'not-pruned',
  'pods-roll',
]

/** Headings for people, one for each kind of effect. */
export const EFFECT_TITLES: Readonly<Record<Effect['kind'], string>> = {
  refused: 'Refused by the API server',
  'comes-first': 'Must come first',
  'needs-server-side-apply': 'Needs server-side apply',
  'not-pruned': 'Stays in the cluster until deleted by hand',
  'pods-roll': 'Pods roll',
}

/** Works out what applying does, from facts in the manifests alone; the most urgent first. */
export function effects(diff: ManifestDiff): Effect[] {
  const found = diff.resources.flatMap((change) => [
    ...podsRoll(change),
    ...refused(change),
    ...notPruned(change),
    ...tooLarge(change),
    ...comesFirst(change, diff.resources),
  ])
  return found.sort(
    (a, b) => EFFECT_ORDER.indexOf(a.kind) - EFFECT_ORDER.indexOf(b.kind) || compareIds(a.id, b.id),
  )
}

/** Whether the cluster takes both sides for one object: its identity there has no version. */
function isUpdate({ id, previousId, before, after }: ResourceChange): boolean {
  if (before === undefined || after === undefined) return false
  if (previousId === undefined) return true
  return (
    groupOf(previousId.apiVersion) === groupOf(id.apiVersion) &&
    previousId.name === id.name &&
    previousId.namespace === id.namespace
  )
}

const ROLLING_KINDS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

function* podsRoll(change: ResourceChange): Generator<Effect> {
  const { id, after } = change
  if (!isUpdate(change) || groupOf(id.apiVersion) !== 'apps' || !ROLLING_KINDS.has(id.kind)) return
  const cause = change.changes.find(({ path }) => touches(path, 'spec.template'))
  if (cause === undefined) return
  if (
    memberAt(after, 'spec', 'updateStrategy', 'type') === 'OnDelete' ||
    memberAt(after, 'spec', 'paused') === true
  )
    return
  yield { kind: 'pods-roll', id, reason: `${formatPath(cause.path)} changes` }
}

function* refused(change: ResourceChange): Generator<Effect> {
  const { id, before } = change
  if (!isUpdate(change) || before === undefined) return
  for (const rule of IMMUTABLE_FIELDS) {
    if (rule.group !== groupOf(id.apiVersion) || !rule.kind.test(id.kind)) continue
    if (rule.when !== undefined && memberAt(before, rule.when) !== true) continue
    const cause = change.changes.find(({ path }) => isImmutable(path, rule))
    if (cause !== undefined) {
      yield {
        kind: 'refused',
        id,
        reason: `${formatPath(cause.path)} cannot be changed once the object exists`,
      }
      return
    }
  }
  const shrunk = change.changes.find((item) => id.kind === 'PersistentVolumeClaim' && shrinks(item))
  if (shrunk !== undefined)
    yield { kind: 'refused', id, reason: `${formatPath(shrunk.path)} cannot become smaller` }
}

function isImmutable(path: Path, { fields, except = [] }: ImmutableFields): boolean {
  return fields.some((field) => touches(path, field)) && !except.some((field) => isBelow(path, field))
}

function shrinks(change: Change): boolean {
  return (
    change.kind === 'replaced' &&
    isBelow(change.path, 'spec.resources.requests.storage') &&
    isSmallerQuantity(text(change.after), text(change.before))
  )
}

function text(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function* notPruned(change: ResourceChange): Generator<Effect> {
  if (change.kind === 'removed') {
    yield { kind: 'not-pruned', id: change.id, reason: 'it is no longer in the manifests' }
  } else if (change.previousId !== undefined && !isUpdate(change)) {
    yield { kind: 'not-pruned', id: change.previousId, reason: `it is now called ${change.id.name}` }
  }
}

function* tooLarge({ id, afterSize }: ResourceChange): Generator<Effect> {
  if (afterSize === undefined || afterSize <= ANNOTATION_LIMIT) return
  yield {
    kind: 'needs-server-side-apply',
    id,
    reason: `${afterSize} bytes as JSON, and kubectl apply can keep ${ANNOTATION_LIMIT}`,
  }
}

/** How objects of a kind that others need are needed. */
const NEEDED: Readonly<Record<string, (needed: ResourceChange, other: ResourceId) => boolean>> = {
  Namespace: (needed, other) => other.namespace === needed.id.name,
  CustomResourceDefinition: (needed, other) =>
    memberAt(needed.after, 'spec', 'group') === groupOf(other.apiVersion) &&
    memberAt(needed.after, 'spec', 'names', 'kind') === other.kind,
}

function* comesFirst(change: ResourceChange, all: readonly ResourceChange[]): Generator<Effect> {
  const needs = Object.hasOwn(NEEDED, change.id.kind) ? NEEDED[change.id.kind] : undefined
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

/** Whether a change at the path changes the field: it lies at, below or above it. */
function touches(path: Path, field: string): boolean {
  return field.split('.').every((key, index) => {
    const step = path[index]
    return step === undefined || (step.kind === 'key' && step.key === key)
  })
}

function isBelow(path: Path, field: string): boolean {
  return path.length >= field.split('.').length && touches(path, field)
}
