import { groupBy } from '@overlay-render/system'

import type { Manifests, Resource } from '../resources/manifests.ts'
import { pairMostSimilar } from './match-resources.ts'

/** The resources of two sides, paired by identity. */
export interface PairedResources {
  readonly removed: readonly Resource[]
  readonly added: readonly Resource[]
  /** Resources with the same identity, the old one first. */
  readonly pairs: readonly Pair[]
}

export type Pair = readonly [before: Resource, after: Resource]

/**
 * Pairs resources by identity. Duplicates of an identity are paired by equal text first. The others are paired in their
 * order, or by similarity if one side has more of them.
 */
export function pairResources(before: Manifests, after: Manifests): PairedResources {
  const [removed, added, pairs]: [Resource[], Resource[], Pair[]] = [[], [], []]
  for (const fresh of after.byIdentity()) {
    const [first] = fresh
    if (first === undefined) continue
    const old = before.withKey(first.key)
    const [only] = old
    if (only === undefined) added.push(...fresh)
    else if (old.length === 1 && fresh.length === 1) pairs.push([only, first])
    else {
      const found = pairDuplicates(old, fresh)
      pairs.push(...found)
      const taken = new Set(found.flat())
      removed.push(...old.filter((one) => !taken.has(one)))
      added.push(...fresh.filter((one) => !taken.has(one)))
    }
  }
  for (const old of before.byIdentity()) {
    if (old[0] !== undefined && after.withKey(old[0].key).length === 0) removed.push(...old)
  }
  return { removed, added, pairs }
}

function pairDuplicates(old: readonly Resource[], fresh: readonly Resource[]): Pair[] {
  const byText = groupBy(old, ({ text }) => text)
  const pairs: Pair[] = []
  const changed: Resource[] = []
  for (const one of fresh) {
    const same = byText.get(one.text)?.shift()
    if (same === undefined) changed.push(one)
    else pairs.push([same, one])
  }
  const left = new Set([...byText.values()].flat())
  const open = old.filter((one) => left.has(one))
  const others: readonly Pair[] =
    open.length === changed.length ? zip(open, changed) : pairMostSimilar(open, changed)
  return [...pairs, ...others]
}

function zip(old: readonly Resource[], fresh: readonly Resource[]): Pair[] {
  return old.flatMap((one, index) => (fresh[index] === undefined ? [] : [[one, fresh[index]] as const]))
}
