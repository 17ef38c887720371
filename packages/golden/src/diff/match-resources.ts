import { groupBy } from '@overlay-render/system'

import { compareText, groupOf, type ResourceId } from '../resources/resource-id.ts'
import { isList, isMap, type Value, type ValueMap } from '../resources/value.ts'

/** A resource on one side only. Its value is already redacted. */
export interface UnpairedResource {
  readonly id: ResourceId
  readonly value: ValueMap
}

export interface Rename<Item extends UnpairedResource> {
  readonly before: Item
  readonly after: Item
}

/**
 * The suffix that kustomize's generators append: ten characters of an alphabet without vowels and look-alikes
 * (hexadecimal digits with 0, 1, 3, a and e replaced).
 */
const HASH_SUFFIX = /-[2456789bcdfghkmt]{10}$/u

/** The least similarity, from 0 to 1, of a removed and an added resource that count as a rename. */
const MIN_SIMILARITY = 0.8
/** With more pairs of one kind than this, only pairs that share a rare leaf are scored. */
const MAX_PAIRS = 20_000
/** A leaf of more resources than this is too common to select pairs by. */
const COMMON_LEAF = 16

/** Finds resources that are the same object under another identity. Each resource is in one pair at most. */
export function findRenames<Item extends UnpairedResource>(
  removed: readonly Item[],
  added: readonly Item[],
): Rename<Item>[] {
  const renames: Rename<Item>[] = []
  const takenBefore = new Set<Item>()
  const takenAfter = new Set<Item>()
  const take = (before: Item, after: Item): void => {
    if (takenBefore.has(before) || takenAfter.has(after)) return
    takenBefore.add(before)
    takenAfter.add(after)
    renames.push({ before, after })
  }
  for (const nameOf of SAME_OBJECT) {
    const byName = groupBy(
      removed.filter((single) => !takenBefore.has(single)),
      ({ id }) => nameOf(id),
    )
    for (const after of added) {
      const name = nameOf(after.id)
      const candidates = name === undefined ? [] : (byName.get(name) ?? [])
      const before = candidates.find((single) => !takenBefore.has(single))
      if (before !== undefined) take(before, after)
    }
  }
  const open = (single: Item): boolean => !takenBefore.has(single) && !takenAfter.has(single)
  for (const { before, after } of similarByKind(removed.filter(open), added.filter(open))) take(before, after)
  return renames
}

/** Keys under which two identities are the same object, the most reliable first; undefined when a key does not apply. */
const SAME_OBJECT: readonly ((id: ResourceId) => string | undefined)[] = [
  // A generator's hash changed.
  ({ apiVersion, kind, namespace, name }) =>
    HASH_SUFFIX.test(name)
      ? [apiVersion, kind, namespace, name.replace(HASH_SUFFIX, '')].join('\n')
      : undefined,
  // The version of the API changed.
  ({ apiVersion, kind, namespace, name }) => [groupOf(apiVersion), kind, namespace, name].join('\n'),
]

/** Pairs resources with the same identity, the most similar first, until one side has none left. */
export function pairMostSimilar<Item extends UnpairedResource>(
  removed: readonly Item[],
  added: readonly Item[],
): (readonly [Item, Item])[] {
  const taken = new Set<Item>()
  return similarPairs(removed.map(withFeatures), added.map(withFeatures), 0).flatMap(({ before, after }) => {
    if (taken.has(before) || taken.has(after)) return []
    taken.add(before).add(after)
    return [[before, after] as const]
  })
}

interface Featured<Item extends UnpairedResource> {
  readonly single: Item
  readonly features: ReadonlySet<string>
}

/** Similar pairs of the same kind, the most similar first. */
function similarByKind<Item extends UnpairedResource>(
  removed: readonly Item[],
  added: readonly Item[],
): Rename<Item>[] {
  const kindOf = ({ id }: Item): string => `${id.apiVersion}\n${id.kind}`
  const addedByKind = groupBy(added, kindOf)
  const scored = [...groupBy(removed, kindOf)].flatMap(([kind, group]) =>
    similarPairs(group.map(withFeatures), (addedByKind.get(kind) ?? []).map(withFeatures), MIN_SIMILARITY),
  )
  return scored.sort(bySimilarity)
}

type Scored<Item extends UnpairedResource> = Rename<Item> & { readonly score: number }

/** The pairs with at least this similarity, the most similar first. */
function similarPairs<Item extends UnpairedResource>(
  old: readonly Featured<Item>[],
  fresh: readonly Featured<Item>[],
  least: number,
): Scored<Item>[] {
  const scored: Scored<Item>[] = []
  for (const [before, after] of candidatePairs(old, fresh)) {
    const score = similarity(before, after)
    if (score >= least) scored.push({ before: before.single, after: after.single, score })
  }
  return scored.sort(bySimilarity)
}

function bySimilarity(a: Scored<UnpairedResource>, b: Scored<UnpairedResource>): number {
  return (
    b.score - a.score ||
    compareText(a.before.id.name, b.before.id.name) ||
    compareText(a.after.id.name, b.after.id.name) ||
    compareText(a.before.id.namespace, b.before.id.namespace) ||
    compareText(a.after.id.namespace, b.after.id.namespace)
  )
}

function* candidatePairs<Item extends UnpairedResource>(
  old: readonly Featured<Item>[],
  fresh: readonly Featured<Item>[],
): Generator<[Featured<Item>, Featured<Item>]> {
  if (old.length * fresh.length <= MAX_PAIRS) {
    for (const before of old) for (const after of fresh) yield [before, after]
    return
  }
  const byFeature = new Map<string, Featured<Item>[]>()
  for (const item of old) {
    for (const feature of item.features)
      byFeature.set(feature, [...(byFeature.get(feature) ?? []), item].slice(0, COMMON_LEAF + 1))
  }
  for (const after of fresh) {
    const candidates = new Set<Featured<Item>>()
    for (const feature of after.features) {
      const sharing = byFeature.get(feature) ?? []
      if (sharing.length <= COMMON_LEAF) for (const before of sharing) candidates.add(before)
    }
    for (const before of candidates) yield [before, after]
  }
}

/** Combines the shared share of content and of the name. The less content there is, the more the name counts. */
function similarity(before: Featured<UnpairedResource>, after: Featured<UnpairedResource>): number {
  const larger = Math.max(before.features.size, after.features.size)
  let shared = 0
  for (const feature of before.features) if (after.features.has(feature)) shared++
  const content = larger === 0 ? 1 : shared / larger
  const weight = larger / (larger + 4)
  const { name } = before.single.id
  const moved = name === after.single.id.name
  return content * weight + (moved ? 1 : nameSimilarity(name, after.single.id.name)) * (1 - weight)
}

/** The adjacent character pairs of a name. */
function pairsOf(name: string): Set<string> {
  const pairs = new Set<string>()
  for (let index = 0; index + 1 < name.length; index++) pairs.add(name.slice(index, index + 2))
  return pairs
}

/** The share of adjacent character pairs that two names have in common (the Dice coefficient). */
function nameSimilarity(a: string, b: string): number {
  const first = pairsOf(a)
  const second = pairsOf(b)
  let shared = 0
  for (const pair of first) if (second.has(pair)) shared++
  return first.size + second.size === 0 ? 0 : (2 * shared) / (first.size + second.size)
}

/** Collects every scalar with its path, except the identity. List indices are left out of paths. */
function withFeatures<Item extends UnpairedResource>(single: Item): Featured<Item> {
  const features = new Set<string>()
  const { namespace, name } = single.id
  const pending: { value: Value; path: string }[] = [{ value: single.value, path: '' }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path } = next
    if (isList(value)) for (const item of value) pending.push({ value: item, path: `${path}/*` })
    else if (isMap(value)) {
      for (const [key, item] of Object.entries(value)) pending.push({ value: item, path: `${path}/${key}` })
    } else if (!IDENTITY.has(path)) {
      // A resource's name is repeated in its labels and selectors, and changes with it.
      const text = String(value)
      features.add(`${path}=${text === name ? '$name' : text === namespace ? '$namespace' : text}`)
    }
  }
  return { single, features }
}

const IDENTITY: ReadonlySet<string> = new Set([
  '/apiVersion',
  '/kind',
  '/metadata/name',
  '/metadata/namespace',
])
